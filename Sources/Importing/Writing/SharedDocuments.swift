import JSONSource
import OrganizationModel

/// Policy documents that several places of an organization hold alike; each gets a file.
struct SharedDocuments {
    /// What a document is for, which is also the folder of its file.
    enum Kind: String, CaseIterable {
        case managed
        case inline
        case trust
        case resource
    }

    /// A shorter document is easier read where it stands.
    private static let least = 160

    private struct Use {
        var count = 0
        /// The first in order of the names it stands under.
        var name: String
        let value: JSONValue
    }

    private var uses: [Kind: [String: Use]] = [:]
    private var names: [Kind: FileNames] = [:]

    /// Takes note of a document that stands under a name.
    mutating func note(_ document: JSONValue, _ kind: Kind, named name: String) {
        let text = JSONOutput(document).compact
        guard text.utf8.count >= Self.least else { return }
        var use = uses[kind]?[text] ?? Use(name: name, value: document)
        use.count += 1
        use.name = min(use.name, name)
        uses[kind, default: [:]][text] = use
    }

    /// Says that all documents have been noted, so that names can be given.
    mutating func finish() {
        for kind in Kind.allCases {
            uses[kind] = uses[kind]?.filter { $0.value.count > 1 }
            names[kind] = FileNames((uses[kind] ?? [:]).mapValues(\.name))
        }
    }

    /// The path of the document's file below the organization's folder; nil when it has none.
    func path(of document: JSONValue, _ kind: Kind) -> String? {
        let text = JSONOutput(document).compact
        guard uses[kind]?[text] != nil else { return nil }
        return names[kind].map { "policies/\(kind.rawValue)/\($0[text]).json" }
    }

    var files: [(path: String, value: JSONValue)] {
        Kind.allCases.flatMap { kind in
            (uses[kind] ?? [:]).compactMap { text, use in
                names[kind].map { ("policies/\(kind.rawValue)/\($0[text]).json", use.value) }
            }
        }
    }
}
