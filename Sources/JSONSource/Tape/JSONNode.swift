/// One value of a ``JSONTape``: where it stands and where the next one is, in sixteen bytes.
///
/// A member's key has no node of its own: it stands so close before its value that the bits left
/// over hold its place. Other rooms look at nodes in loops that are worth inlining.
package struct JSONNode: BitwiseCopyable, Sendable {
    /// The offset of the value's first byte.
    package let start: UInt32
    /// The offset behind the value's last byte.
    package var end: UInt32
    /// The node behind this one and all that is in it.
    package var next: UInt32
    @usableFromInline package private(set) var facts: Facts

    /// Kind, marks and the place of the key, from the low bits up.
    @usableFromInline
    package struct Facts: BitwiseCopyable, Sendable {
        @usableFromInline package private(set) var bits: UInt32
    }

    init(_ facts: Facts, start: Int, end: Int, next: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
        self.next = UInt32(truncatingIfNeeded: next)
        self.facts = facts
    }
}

extension JSONNode.Facts {
    // From the low bits up: three for the kind, three marks, twelve for the length of the key,
    // fourteen for the gap behind it.
    private static let plainText: UInt32 = 1 << 3
    private static let plainKey: UInt32 = 1 << 4
    private static let marked: UInt32 = 1 << 5
    private static let lengthShift: UInt32 = 6
    private static let gapShift: UInt32 = 18
    /// How long a key may be, with its quotation marks.
    static let keyLengthLimit = 1 << 12
    /// How far behind its key a value may begin.
    static let gapLimit = 1 << 14

    /// No key stands before the value.
    static let noKey = JSONNode.Facts(bits: 0)

    /// A value behind a key of so many bytes, quotation marks included.
    static func key(isPlain: Bool) -> JSONNode.Facts {
        JSONNode.Facts(bits: isPlain ? plainKey : 0)
    }

    func placingKey(length: Int, gap: Int) -> JSONNode.Facts {
        JSONNode.Facts(
            bits: bits | UInt32(truncatingIfNeeded: length) << Self.lengthShift
                | UInt32(truncatingIfNeeded: gap) << Self.gapShift
        )
    }

    func with(_ kind: JSONKind, isPlain: Bool = false) -> JSONNode.Facts {
        JSONNode.Facts(
            bits: bits | UInt32(truncatingIfNeeded: kind.rawValue) | (isPlain ? Self.plainText : 0)
        )
    }

    /// Whether at any depth below there is a key that begins with `$`, or may.
    var isMarked: Bool { bits & Self.marked != 0 }

    mutating func mark() { bits |= Self.marked }
    mutating func mark(as other: JSONNode.Facts) { bits |= other.bits & Self.marked }
}

extension JSONNode {
    @inlinable package var kind: JSONKind { JSONKind(bits: facts.bits & 7) }
    @inlinable package var hasKey: Bool { facts.bits >> 6 & 4_095 > 0 }
    /// Whether a string is ASCII without an escape: what it says is what stands there.
    @inlinable package var isPlainText: Bool { facts.bits & 1 << 3 != 0 }
    @inlinable package var isPlainKey: Bool { facts.bits & 1 << 4 != 0 }
    /// The offset behind the key's closing quotation mark.
    @inlinable package var keyEnd: Int { Int(start) - Int(facts.bits >> 18) }
    /// The offset of the key's opening quotation mark.
    @inlinable package var keyStart: Int { keyEnd - Int(facts.bits >> 6 & 4_095) }
    /// The bytes of the key between its quotation marks; there must be one.
    @inlinable package var keyRange: Range<Int> { (keyStart + 1)..<(keyEnd - 1) }
    /// The bytes of a string between its quotation marks; it must be one.
    @inlinable package var textRange: Range<Int> { (Int(start) + 1)..<(Int(end) - 1) }
    /// All of its bytes.
    @inlinable package var range: Range<Int> { Int(start)..<Int(end) }
    /// Whether at any depth below there is a key that begins with `$`, or may.
    var isMarked: Bool { facts.isMarked }

    mutating func mark() { facts.mark() }
    mutating func mark(as other: JSONNode) { facts.mark(as: other.facts) }
}

/// What kind of value stands somewhere.
package enum JSONKind: UInt8, BitwiseCopyable, Sendable {
    case null
    case `true`
    case `false`
    case number
    case string
    case array
    case object

    /// The kind of three bits that were made of one.
    @inlinable
    package init(bits: UInt32) {
        switch bits {
        case 1: self = .true
        case 2: self = .false
        case 3: self = .number
        case 4: self = .string
        case 5: self = .array
        case 6: self = .object
        default: self = .null
        }
    }
}
