import JSONSource

/// A text to start from, and the places in it where something stands.
package struct Sample: Sendable {
    /// The file it is, or was cut out of; its references are relative to that.
    package let path: String
    package let bytes: [UInt8]
    /// In order of the text, the whole of it first; empty when it is no JSON.
    let places: [Place]

    struct Place: Sendable {
        let kind: Kind
        let value: Range<Int>
        /// With the quotation marks.
        let key: Range<Int>?
        /// What goes when the value goes: its key and a comma with it.
        let item: Range<Int>
        /// What stands beside it, itself included.
        let start: Int
    }

    enum Kind: Sendable {
        case object
        case array
        case string
        case other
    }

    package init(path: String, bytes: [UInt8]) {
        let parsed = JSONParser.parse(bytes, file: 0)
        var places: [Place] = []
        if !parsed.diagnostics.hasErrors, let value = parsed.value {
            let whole = Self.range(value.span)
            places = [Place(value, key: nil, item: whole, start: whole.lowerBound)]
            Self.collect(value, &places)
        }
        self.path = path
        self.bytes = bytes
        self.places = places
    }
}

extension Sample {
    private static func range(_ span: SourceSpan) -> Range<Int> { Int(span.start)..<Int(span.end) }

    private static func collect(_ value: JSONValue, _ places: inout [Place]) {
        let items: [(key: SourceSpan?, value: JSONValue)] =
            value.elements?.map { (nil, $0) } ?? value.members?.map { ($0.keySpan, $0.value) } ?? []
        let starts = items.map { Int(($0.key ?? $0.value.span).start) }
        for (index, item) in items.enumerated() {
            // Up to the next one, else from the end of the last one: one comma goes along.
            var cut = starts[index]..<Int(item.value.span.end)
            if index + 1 < items.count {
                cut = starts[index]..<starts[index + 1]
            } else if index > 0 {
                cut = Int(items[index - 1].value.span.end)..<cut.upperBound
            }
            let key = item.key.map(range)
            places.append(Place(item.value, key: key, item: cut, start: starts[index]))
            collect(item.value, &places)
        }
    }
}

extension Sample.Place {
    fileprivate init(_ value: JSONValue, key: Range<Int>?, item: Range<Int>, start: Int) {
        kind =
            switch value.content {
            case .object: .object
            case .array: .array
            case .string: .string
            case .null, .bool, .number: .other
            }
        self.value = Int(value.span.start)..<Int(value.span.end)
        self.key = key
        self.item = item
        self.start = start
    }

    /// The item without the comma.
    var itself: Range<Int> { start..<value.upperBound }
}
