/// A hash of bytes for tables that are looked up often.
///
/// It is another one in every run, so that nobody can write texts that meet in one place; nothing
/// that is printed may follow from it.
package enum ByteHash {
    /// What the hashes of this run begin with; a table that is looked up often keeps it.
    package struct Seed: Sendable {
        @usableFromInline let start: UInt64
        @usableFromInline let secret: UInt64

        fileprivate init() {
            start = UInt64(bitPattern: Int64(Hasher().finalize()))
            var hasher = Hasher()
            hasher.combine(1)
            // Odd, hence not zero.
            secret = UInt64(bitPattern: Int64(hasher.finalize())) | 1
        }
    }

    package static let seed = Seed()

    package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 { of(bytes, seed) }

    /// PERF: sixteen bytes a step; an organization is hashed whole.
    @inlinable
    package static func of(_ bytes: UnsafeRawBufferPointer, _ seed: Seed) -> UInt64 {
        let count = bytes.count
        let secret = seed.secret
        var hash = seed.start ^ UInt64(truncatingIfNeeded: count)
        func word(_ at: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) }
        func half(_ at: Int) -> UInt64 {
            UInt64(bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
        }
        func mix(_ one: UInt64, _ other: UInt64) {
            let product = (one ^ secret).multipliedFullWidth(by: other ^ hash)
            hash = product.high ^ product.low
        }
        var at = 0
        while at + 16 < count {
            mix(word(at), word(at + 8))
            at += 16
        }
        // The last bytes, some of them once more.
        switch count {
        case 16...: mix(word(count - 16), word(count - 8))
        case 8...: mix(word(0), word(count - 8))
        case 4...: mix(half(0), half(count - 4))
        case 1...: mix(UInt64(bytes[0]) << 8 | UInt64(bytes[count / 2]), UInt64(bytes[count - 1]))
        default: mix(0, 0)
        }
        return hash
    }
}
