import JSONSource

/// Sound files to start from, by path, and the places in them where a value stands.
package struct Corpus: Sendable {
    package let paths: [String]
    let files: [String: [UInt8]]
    /// Spans of all values of each file, the whole file first.
    let values: [String: [Range<Int>]]

    package init(_ files: [String: [UInt8]]) {
        self.files = files
        paths = files.keys.sorted()
        values = files.mapValues { bytes in
            guard let value = JSONParser.parse(bytes, file: 0).value else { return [] }
            return Self.spans(of: value)
        }
    }

    private static func spans(of value: JSONValue) -> [Range<Int>] {
        let below =
            (value.elements ?? []).flatMap { spans(of: $0) }
            + (value.members ?? []).flatMap { spans(of: $0.value) }
        return [Int(value.span.start)..<Int(value.span.end)] + below
    }
}
