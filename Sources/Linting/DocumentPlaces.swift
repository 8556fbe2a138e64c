import JSONSource

/// Where documents stand, to ask whether something stands in one of them.
struct DocumentPlaces {
    /// By file, each list in order.
    private let spans: [Int32: [SourceSpan]]

    init(_ spans: [SourceSpan]) {
        self.spans = Dictionary(grouping: spans, by: \.file).mapValues { spans in
            spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        }
    }

    /// Whether a place lies in a document; documents do not overlap.
    func cover(_ place: SourceSpan) -> Bool {
        guard let spans = spans[place.file] else { return false }
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].start <= place.start { low = middle + 1 } else { high = middle }
        }
        return low > 0 && spans[low - 1].covers(place)
    }
}
