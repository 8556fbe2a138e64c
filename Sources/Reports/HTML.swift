import JSONSource

/// A piece of a page.
///
/// All text is escaped here and nowhere else, whoever wrote it. There is no way to write markup, a
/// script or an address outside the page: tags and attributes are known by name, and links lead to
/// elements of the page only.
indirect enum HTML: Sendable {
    case text(String)
    case element(Tag, [Attribute], [HTML])
    /// Between the lines of a `pre`.
    case newline
    /// Rules of our own.
    case style(StaticString)
    /// A program of our own.
    case script(StaticString)
    /// Pieces that were written before, see ``written``.
    case written([UInt8])

    init(_ tag: Tag, _ attributes: Attribute?..., @HTMLBuilder content: () -> [HTML]) {
        self = .element(tag, attributes.compactMap { $0 }, content())
    }

    init(_ tag: Tag, _ attributes: Attribute?...) {
        self = .element(tag, attributes.compactMap { $0 }, [])
    }

    enum Tag: String, Sendable {
        case article, blockquote, body, caption, code, details, div, footer, h1, h2, h3, h4, head,
            header
        case html, input, label, li, main, mark, meta, nav, ol, p, pre, section, span, strong, style
        case script, summary, table, tbody, td, th, thead, title, tr, ul, a
    }

    struct Attribute: Sendable {
        let name: StaticString
        let value: String

        static func `class`(_ names: String) -> Self { Self(name: "class", value: names) }
        static func id(_ id: String) -> Self { Self(name: "id", value: id) }
        /// A link to an element of the same page.
        static func link(to id: String) -> Self { Self(name: "href", value: "#\(id)") }
        /// What a reader that shows nothing says in place of the content.
        static func label(_ text: String) -> Self { Self(name: "aria-label", value: text) }
        static func plain(_ name: StaticString, _ value: String = "") -> Self {
            Self(name: name, value: value)
        }
    }
}

/// Pieces one after the other; a string is text.
@resultBuilder enum HTMLBuilder {
    static func buildExpression(_ piece: HTML) -> [HTML] { [piece] }
    static func buildExpression(_ piece: HTML?) -> [HTML] { piece.map { [$0] } ?? [] }
    static func buildExpression(_ pieces: [HTML]) -> [HTML] { pieces }
    static func buildExpression(_ text: String) -> [HTML] { [.text(text)] }
    static func buildBlock(_ parts: [HTML]...) -> [HTML] { parts.flatMap { $0 } }
    static func buildOptional(_ part: [HTML]?) -> [HTML] { part ?? [] }
    static func buildEither(first part: [HTML]) -> [HTML] { part }
    static func buildEither(second part: [HTML]) -> [HTML] { part }
    static func buildArray(_ parts: [[HTML]]) -> [HTML] { parts.flatMap { $0 } }
}

// Writing.
extension HTML {
    /// Longer texts lose their middle: no name or sentence has as many bytes.
    private static let textLimit = 12_000

    var rendered: String { String(decoding: written, as: UTF8.self) }

    var written: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .text(let text): Self.escape(text, to: &bytes)
        case .newline: bytes.append(10)
        case .style(let rules), .script(let rules): bytes += String(describing: rules).utf8
        case .written(let piece): bytes += piece
        case .element(let tag, let attributes, let content):
            bytes += "<\(tag.rawValue)".utf8
            for attribute in attributes {
                bytes += " \(attribute.name)=\"".utf8
                Self.escape(attribute.value, to: &bytes)
                bytes.append(34)
            }
            bytes.append(62)
            if tag.isEmpty { return bytes.append(10) }
            for piece in content { piece.write(to: &bytes) }
            bytes += "</\(tag.rawValue)>".utf8
            // A line a block, so that people can compare two pages.
            if !tag.isInline { bytes.append(10) }
        }
    }

    private static func escape(_ text: String, to bytes: inout [UInt8]) {
        let text = text.utf8.count > textLimit ? text.cut : text
        for byte in text.printable.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
    }
}

extension HTML.Tag {
    /// Elements that have no content and no end.
    fileprivate var isEmpty: Bool { self == .meta || self == .input }

    /// Elements that stand in a line, where a line break would be seen.
    fileprivate var isInline: Bool {
        switch self {
        case .a, .code, .label, .mark, .span, .strong: true
        default: false
        }
    }
}
