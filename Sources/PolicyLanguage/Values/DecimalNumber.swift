/// A decimal number compared by value, without binary rounding: `2` equals `2.0`.
///
/// Source: IAM User Guide, "Numeric condition operators" (COND-19).
package struct DecimalNumber: Sendable, Hashable {
    private let isNegative: Bool
    /// Digits without leading or trailing zeros; empty for zero.
    private let digits: [UInt8]
    /// The power of ten the first digit stands for.
    private let exponent: Int

    /// Nil unless the whole text is a number; an exponent beyond ±10,000 is refused.
    package init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        var isNegative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            bytes = bytes.dropFirst()
        }
        var power = 0
        if let mark = bytes.firstIndex(where: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
        ) {
            let tail = String(decoding: bytes[(mark + 1)...], as: UTF8.self)
            guard let value = Int(tail), (-10_000...10_000).contains(value) else { return nil }
            power = value
            bytes = bytes[..<mark]
        }
        let parts = bytes.split(
            separator: UInt8(ascii: "."),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let whole = Array(parts.first ?? [])
        let fraction = parts.count > 1 ? Array(parts[1]) : []
        guard !whole.isEmpty, parts.count == 1 || !fraction.isEmpty else { return nil }
        guard (whole + fraction).allSatisfy({ (48...57).contains($0) }) else { return nil }
        var digits = (whole + fraction)[...]
        var exponent = whole.count - 1 + power
        while digits.first == 48 {
            digits = digits.dropFirst()
            exponent -= 1
        }
        while digits.last == 48 { digits = digits.dropLast() }
        self.digits = Array(digits)
        self.exponent = digits.isEmpty ? 0 : exponent
        self.isNegative = isNegative && !digits.isEmpty
    }
}

extension DecimalNumber: Comparable {
    package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative
            ? right.hasSmallerMagnitude(than: left)
            : left.hasSmallerMagnitude(than: right)
    }

    private func hasSmallerMagnitude(than other: DecimalNumber) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
        if exponent != other.exponent { return exponent < other.exponent }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}
