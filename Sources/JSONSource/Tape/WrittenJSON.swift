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
            ByteHash.of(UnsafeRawBufferPointer(rebasing: $0[range]))
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
}
