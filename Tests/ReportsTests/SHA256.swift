import Foundation

/// FIPS 180-4, section 6.2, to hold the hash of a page's script.
enum SHA256 {
    static func base64(_ text: String) -> String {
        Data(digest(Array(text.utf8))).base64EncodedString()
    }

    static func digest(_ message: [UInt8]) -> [UInt8] {
        // The first 32 bits of the fractional parts of roots of the first primes.
        let primes = (2...311).filter { number in !(2..<number).contains { number % $0 == 0 } }
        func fraction(_ root: Double) -> UInt32 {
            UInt32((root - root.rounded(.down)) * 4_294_967_296)
        }
        let k = primes.map { fraction(cbrt(Double($0))) }
        var h = primes.prefix(8).map { fraction(Double($0).squareRoot()) }
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        padded += (0..<8).map { UInt8(truncatingIfNeeded: (message.count * 8) >> (56 - 8 * $0)) }
        for start in stride(from: 0, to: padded.count, by: 64) {
            var w = (0..<16).map { word in
                (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(padded[start + word * 4 + $1]) }
            }
            func turn(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }
            for t in 16..<64 {
                let (a, b) = (w[t - 15], w[t - 2])
                let one = turn(a, 7) ^ turn(a, 18) ^ a >> 3
                let two = turn(b, 17) ^ turn(b, 19) ^ b >> 10
                w.append(w[t - 16] &+ one &+ w[t - 7] &+ two)
            }
            var v = h
            for t in 0..<64 {
                let e = turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)
                let choice = v[4] & v[5] ^ ~v[4] & v[6]
                let first = v[7] &+ e &+ choice &+ k[t] &+ w[t]
                let a = turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)
                let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
                v = [first &+ a &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
            }
            h = zip(h, v).map { $0 &+ $1 }
        }
        return h.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) }
        }
    }
}
