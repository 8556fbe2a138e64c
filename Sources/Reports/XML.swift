import JSONSource

/// Text as XML 1.0 holds it, whoever wrote it.
enum XML {
    /// The value of an attribute, with its quotation marks, or text between tags.
    ///
    /// Source: W3C, "Extensible Markup Language (XML) 1.0", 2.2 Characters.
    static func escape(_ text: String, lineBreak: String = "\n") -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n": escaped += lineBreak
            case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped += String(scalar).printable
            }
        }
        return escaped
    }

    /// Attributes in the order given; a line break in a value stays one.
    static func attributes(_ pairs: KeyValuePairs<String, String>) -> String {
        pairs.map { name, value in
            " \(name)=\"\(escape(value, lineBreak: "&#10;"))\""
        }.joined()
    }
}
