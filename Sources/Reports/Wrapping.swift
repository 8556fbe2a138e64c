import JSONSource

/// Breaks lines at spaces, so that they fit a terminal of eighty columns.
///
/// A word that is longer than a line, such as an ARN, stays whole on a line of its own.
enum Wrapping {
    static let width = 80
    /// The longest word that is printed in full, in bytes: no ARN is longer.
    private static let wordLimit = 2_100

    /// The lines of a text that begins at a column and goes on behind an indent.
    static func lines(_ text: String, startingAt column: Int, indent: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = column
        for word in text.printable.split(separator: " ", omittingEmptySubsequences: true) {
            let word = word.utf8.count > wordLimit ? String(word).cut : String(word)
            let length = word.unicodeScalars.count
            if line.isEmpty {
                line = word
                used += length
            } else if used + 1 + length <= width {
                line += " " + word
                used += 1 + length
            } else {
                lines.append(line)
                line = word
                used = indent + length
            }
        }
        lines.append(line)
        let space = String(repeating: " ", count: indent)
        return lines.enumerated().map { $0 == 0 ? $1 : space + $1 }
    }

    /// A line with a beginning of its own, each further one under its text.
    static func line(
        _ prefix: String,
        painted: String? = nil,
        _ text: String,
        hanging indent: Int? = nil
    ) -> [String] {
        let column = prefix.unicodeScalars.count
        var lines = lines(text, startingAt: column, indent: indent ?? column)
        lines[0] = (painted ?? prefix) + lines[0]
        return lines
    }
}
