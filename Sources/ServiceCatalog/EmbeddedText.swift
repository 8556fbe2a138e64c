import CatalogData

/// A piece of the data compiled into the binary, read where it lies.
///
/// `Tools/generate-catalog.py` describes the two files and writes them.
// INVARIANT: the bytes are constants of the binary; nobody writes or frees them.
struct EmbeddedText: @unchecked Sendable {
    private(set) var bytes: UnsafeBufferPointer<UInt8>

    static let catalog = EmbeddedText(
        bytes: UnsafeBufferPointer(start: orgsim_catalog_bytes(), count: orgsim_catalog_count())
    )

    static let managedPolicies = EmbeddedText(
        bytes: UnsafeBufferPointer(
            start: orgsim_managed_policies_bytes(),
            count: orgsim_managed_policies_count()
        )
    )
}

extension EmbeddedText {
    static let empty = EmbeddedText(bytes: UnsafeBufferPointer(start: nil, count: 0))

    var isEmpty: Bool { bytes.isEmpty }
    var first: UInt8? { bytes.first }
    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// The decimal number that the text is.
    var number: Int {
        var number = 0
        for byte in bytes { number = number * 10 + Int(byte) - 0x30 }
        return number
    }

    func contains(_ byte: UInt8) -> Bool { end(at: byte) < bytes.count }

    /// The pieces between separators; none of an empty text.
    func split(at separator: UInt8) -> Pieces { Pieces(rest: self, separator: separator) }

    /// The pieces of a text, each taken when it is asked for.
    struct Pieces: Sequence, IteratorProtocol {
        fileprivate var rest: EmbeddedText
        fileprivate let separator: UInt8

        mutating func next() -> EmbeddedText? {
            rest.isEmpty ? nil : rest.take(until: separator)
        }
    }
}

extension EmbeddedText {
    /// Takes what stands before a separator, or everything, and the separator away.
    mutating func take(until separator: UInt8) -> EmbeddedText {
        let end = end(at: separator)
        let taken = take(end)
        if !bytes.isEmpty { drop(1) }
        return taken
    }

    mutating func take(_ count: Int) -> EmbeddedText {
        let taken = EmbeddedText(bytes: UnsafeBufferPointer(rebasing: bytes[..<count]))
        drop(count)
        return taken
    }

    mutating func drop(_ count: Int) {
        bytes = UnsafeBufferPointer(rebasing: bytes[count...])
    }

    // PERF: catalog load; without bounds checks and iterators for the sake of debug builds.
    private func end(at separator: UInt8) -> Int {
        guard let start = bytes.baseAddress else { return 0 }
        let count = bytes.count
        var offset = 0
        while offset < count, start[offset] != separator { offset &+= 1 }
        return offset
    }
}

extension EmbeddedText {
    enum Order {
        case before
        case same
        case after
    }

    /// Where the text stands to another without regard to case, as the files are sorted.
    func order(to other: UnsafeBufferPointer<UInt8>) -> Order {
        for offset in 0..<min(bytes.count, other.count) {
            let (mine, theirs) = (Self.lower(bytes[offset]), Self.lower(other[offset]))
            if mine != theirs { return mine < theirs ? .before : .after }
        }
        if bytes.count == other.count { return .same }
        return bytes.count < other.count ? .before : .after
    }

    /// Whether both are the same bytes.
    func isSame(as other: EmbeddedText) -> Bool { bytes.elementsEqual(other.bytes) }

    /// Whether the text begins with another, without regard to case.
    func begins(with other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= other.count else { return false }
        for offset in other.indices where Self.lower(bytes[offset]) != Self.lower(other[offset]) {
            return false
        }
        return true
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}

extension UInt8 {
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let comma = UInt8(ascii: ",")
}
