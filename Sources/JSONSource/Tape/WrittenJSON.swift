/// The bytes of one value as they stand in a text; equal when they are the same bytes.
///
/// Two values written the same say the same, so one of them need not be read: organizations hold
/// the same policy thousands of times.
package struct WrittenJSON: Sendable {
    private let tape: JSONTape
    private let start: UInt32
    private let end: UInt32
    /// What ``ByteHash`` makes of the bytes.
    let byteHash: UInt64

    /// With the hash of its bytes.
    init(_ tape: JSONTape, _ range: Range<Int>, hash: UInt64) {
        self.tape = tape
        // A tape is of a text whose offsets take 32 bits.
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        end = UInt32(truncatingIfNeeded: range.upperBound)
        byteHash = hash
    }

    private var range: Range<Int> { Int(start)..<Int(end) }

    /// How many bytes there are.
    package var count: Int { range.count }

    func hasBytes(_ bytes: UnsafeRawBufferPointer, hash: UInt64) -> Bool {
        guard byteHash == hash, count == bytes.count else { return false }
        return withBytes { Self.areEqual($0, bytes) }
    }

    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        tape.bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
}

extension WrittenJSON: Hashable {
    package static func == (left: WrittenJSON, right: WrittenJSON) -> Bool {
        guard left.byteHash == right.byteHash, left.count == right.count else { return false }
        return left.withBytes { one in right.withBytes { other in areEqual(one, other) } }
    }

    private static func areEqual(
        _ one: UnsafeRawBufferPointer,
        _ other: UnsafeRawBufferPointer
    ) -> Bool {
        var at = 0
        // PERF: "organization loaded". Nearly all that is compared is equal, and much of it long.
        while at + 32 <= one.count {
            let word = one.loadUnaligned(fromByteOffset: at, as: SIMD4<UInt64>.self)
            let second = other.loadUnaligned(fromByteOffset: at, as: SIMD4<UInt64>.self)
            guard word == second else { return false }
            at += 32
        }
        while at + 8 <= one.count {
            let word = one.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let second = other.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            guard word == second else { return false }
            at += 8
        }
        return one[at...].elementsEqual(other[at...])
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(byteHash) }
}
