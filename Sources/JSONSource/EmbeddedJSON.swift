extension JSONValue {
    /// How many bytes JSON in a string may have: three for each character of the longest policy.
    package static let embeddedLimit = 1 << 20

    /// The JSON that a value holds, however it was wrapped on its way into the file.
    ///
    /// AWS's tools print a policy document as an object, as JSON text in a string, or as that text
    /// %-encoded (IAM API Reference, "GetAccountAuthorizationDetails": RFC 3986). All spans, also
    /// of the diagnostics, point into the file that holds the value. Nil when the text in a string
    /// is not JSON; a value that is no string stands for itself.
    package static func embedded(
        in value: JSONValue,
        sources: SourceMap
    ) -> Parsed<JSONValue?> {
        guard let string = value.string else { return Parsed(value, []) }
        let length = string.utf8.count
        guard length <= embeddedLimit else {
            let message =
                "the JSON in this string has \(length) bytes, at most \(embeddedLimit) are read"
            return Parsed(nil, [.error("limit.embedded", message, at: value.span)])
        }
        var decoded = DecodedText(of: string, at: value.span, in: sources)
        if decoded.isPercentEncoded { decoded.removePercentEncoding() }
        let text = decoded
        let tape = JSONTape(
            text.bytes,
            file: value.span.file,
            valueLimit: JSONParser.valueLimit,
            place: { text.outerSpan($0) }
        )
        if let tape { return Parsed(tape.root, []) }
        let parsed = JSONParser.parseCarefully(text.bytes, file: value.span.file)
        return Parsed(
            parsed.value?.placed { text.outerSpan($0) },
            parsed.diagnostics.map { problem in problem.placed { text.outerSpan($0) } }
        )
    }
}

extension JSONValue {
    /// The value with every span in it replaced.
    private func placed(_ place: (SourceSpan) -> SourceSpan) -> JSONValue {
        let content: Content =
            switch self.content {
            case .null, .bool, .number, .string: self.content
            case .array(let elements): .array(elements.map { $0.placed(place) })
            case .object(let members):
                .object(
                    members.map { member in
                        JSONMember(
                            key: member.key,
                            keySpan: place(member.keySpan),
                            value: member.value.placed(place)
                        )
                    }
                )
            }
        return JSONValue(content, at: place(span), origin: origin)
    }
}

extension Diagnostic {
    /// The diagnostic with every span in it replaced.
    fileprivate func placed(_ place: (SourceSpan) -> SourceSpan) -> Diagnostic {
        let notes = notes.map { Note(message: $0.message, span: place($0.span)) }
        return Diagnostic(severity, code, message, at: place(span), help: help, notes: notes)
    }
}

/// Text taken out of a string of a file, each byte with the place it was decoded from.
private struct DecodedText: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Where in the file the piece begins that gave each byte; one more for the end of the text.
    private var starts: [Int] = []
    private let span: SourceSpan

    /// The text of the string that stands at a span, quotation marks included.
    ///
    /// A string that does not stand there as such, because it was made or was itself embedded,
    /// has only its span for all of its bytes.
    init(of text: String, at span: SourceSpan, in sources: SourceMap) {
        self.span = span
        let outer = sources.text(span.file)?.bytes ?? []
        let range = Int(span.start)..<max(Int(span.start), Int(span.end))
        if range.count >= 2, range.upperBound <= outer.count, outer[range.lowerBound] == 0x22 {
            decodeEscapes(outer, (range.lowerBound + 1)..<(range.upperBound - 1))
        }
        guard bytes.elementsEqual(text.utf8) else {
            bytes = Array(text.utf8)
            starts = []
            return
        }
    }

    /// Where a span of the decoded text stands in the file.
    func outerSpan(_ inner: SourceSpan) -> SourceSpan {
        guard !starts.isEmpty else { return span }
        let start = starts[min(Int(inner.start), bytes.count)]
        let end = starts[min(Int(inner.end), bytes.count)]
        return SourceSpan(file: span.file, start: start, end: max(start, end))
    }
}

// Escapes of JSON strings (RFC 8259, section 7); the string was found to be well-formed before.
extension DecodedText {
    private mutating func decodeEscapes(_ outer: [UInt8], _ range: Range<Int>) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let start = offset
            var scalar: Unicode.Scalar?
            if outer[offset] == UInt8(ascii: "\\"), offset + 1 < range.upperBound {
                scalar = Self.scalar(outer[..<range.upperBound], at: &offset)
            }
            if let scalar {
                for byte in String(scalar).utf8 { append(byte, from: start) }
            } else {
                append(outer[start], from: start)
                offset = start + 1
            }
        }
        starts.append(range.upperBound)
    }

    private mutating func append(_ byte: UInt8, from start: Int) {
        bytes.append(byte)
        starts.append(start)
    }

    /// What the escape at an offset stands for; the offset moves behind it.
    private static func scalar(_ outer: ArraySlice<UInt8>, at offset: inout Int) -> Unicode.Scalar?
    {
        let letter = outer[offset + 1]
        guard letter == UInt8(ascii: "u") else {
            offset += 2
            return character(of: letter)
        }
        guard let high = number(outer, at: offset + 2, digits: 4) else { return nil }
        offset += 6
        if let scalar = Unicode.Scalar(UInt32(high)) { return scalar }
        // The other half of a surrogate pair follows as an escape of its own.
        guard let low = number(outer, at: offset + 2, digits: 4) else { return nil }
        offset += 6
        let pair = 0x10000 + (high & 0x3FF) << 10 + (low & 0x3FF)
        return Unicode.Scalar(UInt32(pair))
    }

    private static func character(of letter: UInt8) -> Unicode.Scalar {
        switch letter {
        case UInt8(ascii: "b"): "\u{8}"
        case UInt8(ascii: "f"): "\u{C}"
        case UInt8(ascii: "n"): "\n"
        case UInt8(ascii: "r"): "\r"
        case UInt8(ascii: "t"): "\t"
        default: Unicode.Scalar(letter)
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>, at start: Int, digits: Int) -> Int? {
        guard start + digits <= bytes.endIndex else { return nil }
        let text = String(decoding: bytes[start..<(start + digits)], as: UTF8.self)
        // Int takes a sign as well.
        return text.allSatisfy { $0.isASCII && $0.isHexDigit } ? Int(text, radix: 16) : nil
    }
}

// %-encoding (RFC 3986, section 2.1).
extension DecodedText {
    /// JSON text never begins with `%`.
    var isPercentEncoded: Bool {
        bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "%")
    }

    /// Decodes every `%` with two digits; any other `%` stays, for the reader of JSON to refuse.
    mutating func removePercentEncoding() {
        let encoded = self
        bytes = []
        starts = []
        var offset = 0
        while offset < encoded.bytes.count {
            let byte = encoded.bytes[offset]
            let code =
                byte == UInt8(ascii: "%")
                ? Self.number(encoded.bytes[...], at: offset + 1, digits: 2) : nil
            bytes.append(code.map { UInt8($0) } ?? byte)
            if !encoded.starts.isEmpty { starts.append(encoded.starts[offset]) }
            offset += code == nil ? 1 : 3
        }
        if let end = encoded.starts.last { starts.append(end) }
    }
}
