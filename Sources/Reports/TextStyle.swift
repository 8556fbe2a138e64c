/// Whether text carries colour, which only a terminal that wants it gets.
package enum TextStyle: Sendable {
    case plain
    case coloured

    package enum Colour: String, Sendable {
        case good = "32"
        case bad = "31"
        case faint = "2"
    }

    package func paint(_ text: String, _ colour: Colour) -> String {
        switch self {
        case .plain: text
        case .coloured: text.isEmpty ? text : "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
        }
    }
}
