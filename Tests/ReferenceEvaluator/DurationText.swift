/// ISO 8601 durations of days, hours, minutes and seconds.
enum DurationText {
    /// The seconds that `PT1H30M` or `P1DT2H` last; nil where the text is no duration.
    static func seconds(_ text: String) -> Int? {
        guard text.hasPrefix("P"), text.count > 2 else {
            return nil
        }
        var total = 0
        var digits = ""
        var isTime = false
        for character in text.dropFirst() {
            let unit: Int
            switch character {
            case "T":
                isTime = true
                continue
            case "W":
                unit = 7 * 86400
            case "D":
                unit = 86400
            case "H" where isTime:
                unit = 3600
            case "M" where isTime:
                unit = 60
            case "S" where isTime:
                unit = 1
            default:
                digits.append(character)
                continue
            }
            guard let number = Int(digits) else {
                return nil
            }
            total += number * unit
            digits = ""
        }
        return digits.isEmpty ? total : nil
    }
}
