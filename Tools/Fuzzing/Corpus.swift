import JSONSource
import Linting

/// Files to start from, sorted by what they are, and the words that stand in them.
package struct Corpus: Sendable {
    /// By path; also those that are no JSON.
    package let files: [String: [UInt8]]
    package let paths: [String]
    /// Whole files that are JSON or nearly so.
    let documents: [Sample]
    let organizations: [Sample]
    let scenarios: [Sample]
    /// Policy documents, wherever they stand.
    let policies: [Sample]
    /// Values cut out of the files, none of them long.
    let fragments: [Sample]
    let keys: [[UInt8]]
    /// What stands in strings, as written between the quotation marks.
    let words: [[UInt8]]

    /// The longest file of which whole copies are mutated.
    private static let documentLimit = 64 << 10

    package init(_ files: [String: [UInt8]]) {
        self.files = files
        paths = files.keys.sorted()
        var parts = Parts()
        for path in paths where path.hasSuffix(".json") {
            guard let bytes = files[path], bytes.count <= Self.documentLimit else { continue }
            parts.add(Sample(path: path, bytes: bytes))
        }
        documents = parts.documents
        organizations = parts.organizations
        scenarios = parts.scenarios
        policies = parts.policies
        fragments = parts.fragments
        keys = parts.keys.elements
        words = parts.words.elements
    }
}

/// What the files of a corpus are taken apart into.
private struct Parts {
    var documents: [Sample] = []
    var organizations: [Sample] = []
    var scenarios: [Sample] = []
    var policies: [Sample] = []
    var fragments: [Sample] = []
    var keys = Distinct()
    var words = Distinct()
    private var seen = Distinct()

    /// Things in the order first met, each once.
    struct Distinct {
        private(set) var elements: [[UInt8]] = []
        private var known: Set<[UInt8]> = []

        mutating func insert(_ element: [UInt8]) -> Bool {
            guard known.insert(element).inserted else { return false }
            elements.append(element)
            return true
        }
    }

    mutating func add(_ document: Sample) {
        documents.append(document)
        let bytes = document.bytes
        let value = JSONParser.parse(bytes, file: 0).value
        switch value.map({ FileContent($0) }) {
        case .organization where value?["steps"] == nil: organizations.append(document)
        case .organization, .scenario: scenarios.append(document)
        case .policy, .other, nil: break
        }
        for place in document.places {
            if let key = place.key { _ = keys.insert(Array(bytes[key])) }
            if place.kind == .string, place.value.count < 256 {
                _ = words.insert(Array(bytes[place.value].dropFirst().dropLast()))
            }
        }
        if let value { cut(value, document) }
    }

    private mutating func cut(_ value: JSONValue, _ document: Sample) {
        guard value.members != nil || value.elements != nil else { return }
        let text = Array(document.bytes[Int(value.span.start)..<Int(value.span.end)])
        let isPolicy = value["Statement"] != nil
        if text.count <= Corpus.longestPart, isPolicy || text.count > 16, seen.insert(text) {
            let sample = Sample(path: document.path, bytes: text)
            if isPolicy { policies.append(sample) }
            if text.count <= Corpus.longestFragment { fragments.append(sample) }
        }
        for element in value.elements ?? [] { cut(element, document) }
        for member in value.members ?? [] { cut(member.value, document) }
    }
}

extension Corpus {
    /// No fragment is longer, in bytes.
    fileprivate static let longestFragment = 2_048
    /// No policy is longer, in bytes.
    fileprivate static let longestPart = 6_144
}
