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
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            // Marks that turn the direction of a line around.
            let turns =
                (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            if isControl || turns {
                text += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
