/// An IPv4 or IPv6 address or a CIDR range of them.
///
/// Host bits set in a range are masked off; the families never match each other, and an
/// IPv4-mapped IPv6 address stays IPv6. Source: IAM User Guide, "IP address condition operators"
/// (COND-26, COND-27).
package struct IPAddressRange: Sendable, Hashable {
    /// Four bytes for IPv4, sixteen for IPv6.
    package let bytes: [UInt8]
    package let prefixLength: Int

    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let address = parts[0].contains(":") ? Self.version6(parts[0]) : Self.version4(parts[0])
        guard let address else { return nil }
        var length = address.count * 8
        if parts.count == 2 {
            guard let given = Self.decimal(parts[1], atMost: length) else { return nil }
            length = given
        }
        bytes = address
        prefixLength = length
    }

    package var isIPv4: Bool { bytes.count == 4 }

    /// Whether this range holds every address of the other one.
    package func contains(_ other: IPAddressRange) -> Bool {
        guard bytes.count == other.bytes.count, prefixLength <= other.prefixLength else {
            return false
        }
        var left = prefixLength
        for (mine, theirs) in zip(bytes, other.bytes) where left > 0 {
            let mask: UInt8 = left >= 8 ? 0xFF : ~(0xFF >> UInt8(left))
            if mine & mask != theirs & mask { return false }
            left -= 8
        }
        return true
    }

    private static func decimal(_ text: Substring, atMost limit: Int) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 3 else { return nil }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(text) else {
            return nil
        }
        return value <= limit ? value : nil
    }

    private static func version4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard let value = decimal(part, atMost: 255) else { return nil }
            bytes.append(UInt8(value))
        }
        return bytes
    }

    private static func version6(_ text: Substring) -> [UInt8]? {
        guard let gap = text.range(of: "::") else {
            guard let groups = groups(text, mayEndDotted: true), groups.count == 16 else {
                return nil
            }
            return groups
        }
        let head = text[..<gap.lowerBound]
        let tail = text[gap.upperBound...]
        guard let first = groups(head, mayEndDotted: false),
            let last = groups(tail, mayEndDotted: true)
        else { return nil }
        let missing = 16 - first.count - last.count
        guard missing >= 2 else { return nil }
        return first + [UInt8](repeating: 0, count: missing) + last
    }

    /// Groups of hexadecimal digits; the last one of an address may be a dotted IPv4 address.
    private static func groups(_ text: Substring, mayEndDotted: Bool) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if mayEndDotted, index == parts.count - 1, part.contains(".") {
                guard let address = version4(part) else { return nil }
                bytes += address
            } else {
                guard (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit) else {
                    return nil
                }
                guard let value = UInt16(part, radix: 16) else { return nil }
                bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
            }
        }
        return bytes.count <= 16 ? bytes : nil
    }
}

extension Substring {
    /// The first occurrence of a text; the standard library has no such search on substrings.
    fileprivate func range(of other: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other) {
                return start..<index(start, offsetBy: other.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
