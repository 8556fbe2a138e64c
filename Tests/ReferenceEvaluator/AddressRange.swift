/// An IPv4 or IPv6 address with a prefix length (COND-26, COND-27).
struct AddressRange {
    private let bits: [Bool]
    private let length: Int

    /// Reads `192.0.2.0/24`, `2001:db8::/32` or a bare address.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = Self.bits(String(parts[0])) else {
            return nil
        }
        bits = address
        guard parts.count == 2 else {
            length = address.count
            return
        }
        guard parts[1].allSatisfy({ $0.isASCII && $0.isNumber }), let length = Int(parts[1]),
            length <= address.count
        else {
            return nil
        }
        self.length = length
    }

    /// True for the addresses of IPv4.
    var isVersion4: Bool {
        bits.count == 32
    }

    /// The number of leading bits that count.
    var prefixLength: Int {
        length
    }

    /// Whether the address lies in the range; families never mix (COND-27).
    func contains(_ address: String) -> Bool {
        guard let other = Self.bits(address), other.count == bits.count else {
            return false
        }
        return bits.prefix(length) == other.prefix(length)
    }

    private static func bits(_ text: String) -> [Bool]? {
        text.contains(":") ? version6(text) : version4(text)
    }

    private static func version4(_ text: String) -> [Bool]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else {
            return nil
        }
        var result: [Bool] = []
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ $0.isASCII && $0.isNumber }),
                let value = Int(part), value < 256
            else {
                return nil
            }
            result += (0..<8).map { value >> (7 - $0) & 1 == 1 }
        }
        return result
    }

    private static func version6(_ text: String) -> [Bool]? {
        guard let gap = text.firstRange(of: "::") else {
            guard let groups = groups(text), groups.count == 8 else {
                return nil
            }
            return spread(groups)
        }
        guard let before = groups(String(text[..<gap.lowerBound])),
            let after = groups(String(text[gap.upperBound...])), before.count + after.count < 8
        else {
            return nil
        }
        let zeros = [Int](repeating: 0, count: 8 - before.count - after.count)
        return spread(before + zeros + after)
    }

    private static func groups(_ text: String) -> [Int]? {
        if text.isEmpty {
            return []
        }
        var result: [Int] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(".") {
                guard let tail = version4(String(part)) else {
                    return nil
                }
                let value = tail.reduce(0) { $0 * 2 + ($1 ? 1 : 0) }
                result += [value >> 16, value & 0xFFFF]
                continue
            }
            guard (1...4).contains(part.count), part.allSatisfy(\.isHexDigit),
                let value = Int(part, radix: 16)
            else {
                return nil
            }
            result.append(value)
        }
        return result
    }

    private static func spread(_ groups: [Int]) -> [Bool] {
        groups.flatMap { group in (0..<16).map { group >> (15 - $0) & 1 == 1 } }
    }
}
