/// A moment in time, in microseconds since 1970-01-01T00:00:00Z.
package struct Instant: Sendable, Hashable, Comparable {
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package init(seconds: Int64) {
        microseconds = seconds * 1_000_000
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    package var seconds: Int64 {
        (microseconds - (microseconds % 1_000_000 + 1_000_000) % 1_000_000) / 1_000_000
    }

    /// The moment that many seconds later; clamped at the ends of the calendar.
    package func adding(seconds: Int64) -> Instant {
        let (sum, overflow) = self.seconds.addingReportingOverflow(seconds)
        guard !overflow, Self.lastSecond >= sum else { return Instant(seconds: Self.lastSecond) }
        return Instant(microseconds: microseconds + seconds * 1_000_000)
    }

    private static let lastSecond: Int64 = 253_402_300_799
}

extension Instant: CustomStringConvertible {
    /// `2026-01-15T09:00:00Z`, with a fraction only where there is one.
    package var description: String {
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let rest = Int(seconds) - days * 86_400
        let date = CivilDate(daysSinceEpoch: days)
        let fraction = Int((microseconds % 1_000_000 + 1_000_000) % 1_000_000)
        let tail = fraction == 0 ? "" : "." + Self.padded(fraction, 6)
        return Self.padded(date.year, 4) + "-" + Self.padded(date.month, 2) + "-"
            + Self.padded(date.day, 2) + "T" + Self.padded(rest / 3600, 2) + ":"
            + Self.padded(rest / 60 % 60, 2) + ":" + Self.padded(rest % 60, 2) + tail + "Z"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension Instant {
    /// A full date and time of the W3C profile of ISO 8601, as the clock of a scenario takes it.
    package init?(iso8601 text: String) {
        guard text.utf8.contains(UInt8(ascii: "T")) else { return nil }
        self.init(policyValue: text)
    }

    /// A date as a policy may write it (COND-20, COND-21).
    ///
    /// Forms: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, with a time and a zone, or epoch seconds. Four
    /// digits are a year, longer runs of digits are epoch seconds. Missing parts mean the start
    /// of the period in UTC. Source: IAM User Guide, "Date condition operators".
    package init?(policyValue text: String) {
        var scanner = DigitScanner(text)
        if text.utf8.count != 4, !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) {
            guard let seconds = Int64(text), seconds <= Self.lastSecond else { return nil }
            self.init(seconds: seconds)
            return
        }
        guard let year = scanner.number(4), year >= 1 else { return nil }
        var month = 1
        var day = 1
        var seconds: Int64 = 0
        var fraction: Int64 = 0
        if !scanner.isAtEnd {
            guard scanner.take("-"), let value = scanner.number(2) else { return nil }
            month = value
        }
        if !scanner.isAtEnd {
            guard scanner.take("-"), let value = scanner.number(2) else { return nil }
            day = value
        }
        guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
        if !scanner.isAtEnd {
            guard scanner.take("T"), let time = scanner.timeOfDay(), let zone = scanner.zone()
            else { return nil }
            seconds = Int64(time.seconds - zone)
            fraction = Int64(time.microseconds)
        }
        guard scanner.isAtEnd else { return nil }
        let total = Int64(date.daysSinceEpoch) * 86_400 + seconds
        self.init(microseconds: total * 1_000_000 + fraction)
    }
}

/// A day of the proleptic Gregorian calendar.
private struct CivilDate {
    let year: Int
    let month: Int
    let day: Int

    init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[month - 1] else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Years are counted from March, so that the leap day is the last of its year.
    init(daysSinceEpoch days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSinceEpoch: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

private struct DigitScanner {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    /// Exactly that many digits.
    mutating func number(_ width: Int) -> Int? {
        guard offset + width <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[offset..<(offset + width)] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        offset += width
        return value
    }

    /// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fraction`.
    mutating func timeOfDay() -> (seconds: Int, microseconds: Int)? {
        guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60
        else { return nil }
        guard take(":") else { return (hour * 3600 + minute * 60, 0) }
        guard let second = number(2), second < 60 else { return nil }
        var microseconds = 0
        if take(".") {
            var scale = 100_000
            let start = offset
            while let digit = number(1) {
                microseconds += digit * scale
                scale /= 10
            }
            guard offset > start else { return nil }
        }
        return (hour * 3600 + minute * 60 + second, microseconds)
    }

    /// `Z` or an offset such as `+01:00`, in seconds.
    mutating func zone() -> Int? {
        if take("Z") { return 0 }
        let isEast = take("+")
        guard isEast || take("-") else { return nil }
        guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60
        else { return nil }
        return (isEast ? 1 : -1) * (hour * 3600 + minute * 60)
    }
}
