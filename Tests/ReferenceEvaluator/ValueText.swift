/// An exact decimal number: sign, digits before and after the point (COND-19).
struct DecimalNumber {
    private let isNegative: Bool
    private let whole: String
    private let fraction: String

    /// Reads `-12.50`, `3`, `+1`, `1e3`; nil for anything else.
    init?(_ text: String) {
        var body = Substring(text)
        var negative = false
        if let sign = body.first, sign == "-" || sign == "+" {
            negative = sign == "-"
            body.removeFirst()
        }
        var exponent = 0
        if let mark = body.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            guard let value = Int(body[body.index(after: mark)...]), abs(value) < 400 else {
                return nil
            }
            exponent = value
            body = body[..<mark]
        }
        let pieces = body.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard pieces.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            pieces.contains(where: { !$0.isEmpty })
        else {
            return nil
        }
        var before = String(pieces[0])
        var after = pieces.count > 1 ? String(pieces[1]) : ""
        while exponent > 0 {
            before.append(after.isEmpty ? "0" : after.removeFirst())
            exponent -= 1
        }
        while exponent < 0 {
            after.insert(before.popLast() ?? "0", at: after.startIndex)
            exponent += 1
        }
        while before.first == "0" {
            before.removeFirst()
        }
        while after.last == "0" {
            after.removeLast()
        }
        whole = before
        fraction = after
        // Zero has no sign.
        isNegative = negative && !(before.isEmpty && after.isEmpty)
    }

    /// Below, equal or above zero as the first number is smaller, equal or greater.
    static func compare(_ left: String, _ right: String) -> Int? {
        guard let left = DecimalNumber(left), let right = DecimalNumber(right) else {
            return nil
        }
        if left.isNegative != right.isNegative {
            return left.isNegative ? -1 : 1
        }
        let order = left.magnitudeOrder(right)
        return left.isNegative ? -order : order
    }

    private func magnitudeOrder(_ other: DecimalNumber) -> Int {
        if whole.count != other.whole.count {
            return whole.count < other.whole.count ? -1 : 1
        }
        if whole != other.whole {
            return whole < other.whole ? -1 : 1
        }
        if fraction == other.fraction {
            return 0
        }
        return fraction < other.fraction ? -1 : 1
    }
}

/// The dates of policies: the W3C profile of ISO 8601, or seconds since 1970 (COND-20).
enum DateText {
    /// The instant in nanoseconds since 1970, nil where the text is no date.
    static func instant(_ text: String) -> Int128? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        if !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) {
            // COND-21: four digits are a year, other digits are seconds.
            guard text.count != 4 else {
                return instant(year: text, month: "01", day: "01", clock: "00:00", zone: "Z")
            }
            return Int64(text).map { Int128($0) * 1_000_000_000 }
        }
        guard let mark = text.firstIndex(where: { $0 == "T" }) else {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2 || parts.count == 3 else {
                return nil
            }
            return instant(
                year: String(parts[0]),
                month: String(parts[1]),
                day: parts.count == 3 ? String(parts[2]) : "01",
                clock: "00:00",
                zone: "Z"
            )
        }
        let parts = text[..<mark].split(separator: "-", omittingEmptySubsequences: false)
        let time = text[text.index(after: mark)...]
        guard parts.count == 3,
            let zoneStart = time.firstIndex(where: { "Z+-".contains($0) })
        else {
            return nil
        }
        return instant(
            year: String(parts[0]),
            month: String(parts[1]),
            day: String(parts[2]),
            clock: String(time[..<zoneStart]),
            zone: String(time[zoneStart...])
        )
    }

    private static func number(_ text: some StringProtocol, digits: Int) -> Int? {
        guard text.count == digits, text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return nil
        }
        return Int(String(text))
    }

    private static func instant(
        year: String,
        month: String,
        day: String,
        clock: String,
        zone: String
    ) -> Int128? {
        guard let year = number(year, digits: 4), let month = number(month, digits: 2),
            let day = number(day, digits: 2), (1...12).contains(month),
            (1...daysOfMonth(month, year)).contains(day),
            let time = nanoseconds(clock: clock), let offset = minutes(zone: zone)
        else {
            return nil
        }
        var days = 0
        if year >= 1970 {
            for past in 1970..<year {
                days += isLeap(past) ? 366 : 365
            }
        } else {
            for coming in year..<1970 {
                days -= isLeap(coming) ? 366 : 365
            }
        }
        for past in 1..<month {
            days += daysOfMonth(past, year)
        }
        let seconds = Int128(days + day - 1) * 86400 - Int128(offset) * 60
        return seconds * 1_000_000_000 + time
    }

    private static func nanoseconds(clock: String) -> Int128? {
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let hour = number(parts[0], digits: 2),
            let minute = number(parts[1], digits: 2), hour < 24, minute < 60
        else {
            return nil
        }
        var result = Int128(hour * 3600 + minute * 60) * 1_000_000_000
        guard parts.count == 3 else {
            return result
        }
        let pieces = parts[2].split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count <= 2, let second = number(pieces[0], digits: 2), second < 60 else {
            return nil
        }
        result += Int128(second) * 1_000_000_000
        if pieces.count == 2 {
            let fraction = pieces[1]
            guard !fraction.isEmpty, fraction.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                return nil
            }
            result += Int128((fraction + "000000000").prefix(9)) ?? 0
        }
        return result
    }

    private static func minutes(zone: String) -> Int? {
        if zone == "Z" {
            return 0
        }
        let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hours = number(parts[0], digits: 2),
            let minutes = number(parts[1], digits: 2), hours < 24, minutes < 60
        else {
            return nil
        }
        return (zone.hasPrefix("-") ? -1 : 1) * (hours * 60 + minutes)
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func daysOfMonth(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2:
            isLeap(year) ? 29 : 28
        case 4, 6, 9, 11:
            30
        default:
            31
        }
    }
}
