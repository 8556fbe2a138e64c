extension String {
    /// The text, or its beginning and its end where it is longer than anybody reads: messages
    /// repeat words of files, and a word may have sixty million letters.
    package var cut: String {
        let half = 1_000
        guard utf8.count > 2 * half else { return self }
        let start = utf8.index(startIndex, offsetBy: half)
        let end = utf8.index(endIndex, offsetBy: -half)
        return "\(self[..<start])…\(self[end...])"
    }

    /// The text with control characters written as escapes, so that no input can forge a line of
    /// output or steer a terminal.
    package var printable: String {
        let isPlain = utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if isPlain { return self }
        var text = ""
        for scalar in unicodeScalars {
            if scalar.steersOutput {
                text += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension Unicode.Scalar {
    /// Whether a scalar ends a line, steers a terminal, turns the direction of a line around or is
    /// not seen at all.
    var steersOutput: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
