/// The bytes of one value as they stand in a text; equal when they are the same bytes.
///
/// Two values written the same say the same, so one of them need not be read: organizations hold
/// the same policy thousands of times.
package struct WrittenJSON: Sendable {
    private let tape: JSONTape
    private let range: Range<Int>
    private let hash: UInt64

    init(_ tape: JSONTape, _ range: Range<Int>) {
        self.tape = tape
        self.range = range
        hash = tape.bytes.withUnsafeBytes {
            Self.hash(of: UnsafeRawBufferPointer(rebasing: $0[range]))
        }
    }

    /// How many bytes there are.
    package var count: Int { range.count }

    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        tape.bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
}

extension WrittenJSON: Hashable {
    package static func == (left: WrittenJSON, right: WrittenJSON) -> Bool {
        guard left.hash == right.hash, left.count == right.count else { return false }
        return left.withBytes { one in right.withBytes { other in areEqual(one, other) } }
    }

    private static func areEqual(
        _ one: UnsafeRawBufferPointer,
        _ other: UnsafeRawBufferPointer
    ) -> Bool {
        var at = 0
        while at + 8 <= one.count {
            let word = one.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let second = other.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            guard word == second else { return false }
            at += 8
        }
        return one[at...].elementsEqual(other[at...])
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    /// Another one in every run, so that nobody can write texts that meet in one place.
    private static let seed = UInt64(bitPattern: Int64(Hasher().finalize()))

    /// PERF: sixteen bytes a step; an organization is hashed whole.
    private static func hash(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        func word(_ at: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) }
        func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
            let product = one.multipliedFullWidth(by: other)
            return product.high ^ product.low
        }
        var hash = seed ^ UInt64(bytes.count)
        var at = 0
        while at + 16 <= bytes.count {
            hash = mix(word(at) ^ 0xA076_1D64_78BD_642F, word(at + 8) ^ hash)
            at += 16
        }
        var tail: (UInt64, UInt64) = (0, 0)
        for index in at..<bytes.count {
            let byte = UInt64(bytes[index]) << UInt64(8 * (index & 7))
            if index - at < 8 { tail.0 |= byte } else { tail.1 |= byte }
        }
        return mix(tail.0 ^ 0xE703_7ED1_A0B4_28DB, tail.1 ^ hash)
    }
}
