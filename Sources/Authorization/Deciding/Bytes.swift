/// Bytes compared without a call into the library.
enum Bytes {
    // PERF: decisions; most texts compared here differ in their length or share it with one other.
    @inline(__always)
    static func areEqual(
        _ left: UnsafeBufferPointer<UInt8>,
        _ right: UnsafeBufferPointer<UInt8>
    )
        -> Bool
    {
        guard left.count == right.count else { return false }
        return begin(left, right)
    }

    /// Whether one text begins with another that is no longer.
    @inline(__always)
    static func begin(
        _ text: UnsafeBufferPointer<UInt8>,
        _ head: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let (left, right) = (UnsafeRawBufferPointer(text), UnsafeRawBufferPointer(head))
        var offset = 0
        while offset &+ 8 <= right.count {
            guard
                left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    == right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            else { return false }
            offset &+= 8
        }
        while offset < right.count {
            guard left[offset] == right[offset] else { return false }
            offset &+= 1
        }
        return true
    }
}
