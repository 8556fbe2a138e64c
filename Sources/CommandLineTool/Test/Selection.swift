import JSONSource
import Scenarios

extension OptionDescription {
    static let filter = OptionDescription(
        name: "--filter",
        value: "TEXT",
        help: "scenarios whose name or path contains TEXT, or matches /REGEX/"
    )

    static let tag = OptionDescription(
        name: "--tag",
        value: "TAG",
        help: "scenarios with this tag, or with one of several; repeatable",
        repeats: true
    )
}

/// Which of the scenarios found a run is about.
struct Selection {
    private let filter: Filter?
    private let tags: [String]
    private let shard: Shard?

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        filter = try arguments.options["--filter"].map(Filter.init)
        tags = arguments.all("--tag")
        shard = try arguments.options["--shard"].map(Shard.init)
    }

    /// Whether it is a mistake when nothing fits: of what fits a shard may have none.
    var mustFind: Bool { shard == nil && (filter != nil || !tags.isEmpty) }

    /// Whether a file belongs to this shard.
    func takes(file: String) -> Bool { shard?.takes(file) ?? true }

    /// Whether a scenario is meant; one that cannot be read always is, so that it is told.
    func takes(_ scenario: Scenario?) -> Bool {
        guard let scenario else { return true }
        let isNamed = filter.map { $0.takes(scenario.name) || $0.takes(scenario.file) } ?? true
        return isNamed && (tags.isEmpty || scenario.tags.contains { tags.contains($0) })
    }

    /// What is told when nothing fits.
    var nothingFound: Diagnostic {
        let filter = filter.map { ["--filter '\($0.text)'"] } ?? []
        let options = (filter + tags.map { "--tag '\($0)'" }).joined(separator: " and ")
        let message =
            mustFind ? "no scenario fits \(options)" : "there is no scenario to replay"
        return .problem("scenario.none-selected", message)
    }
}

/// A text to be found, or a pattern between slashes.
private struct Filter {
    let text: String
    private let pattern: Regex<AnyRegexOutput>?

    init(_ text: String) throws(Arguments.UsageError) {
        self.text = text
        guard text.count > 2, text.hasPrefix("/"), text.hasSuffix("/") else {
            pattern = nil
            return
        }
        do {
            pattern = try Regex(String(text.dropFirst().dropLast()))
        } catch {
            throw Arguments.UsageError(message: "'--filter \(text)' is no regular expression")
        }
    }

    func takes(_ name: String) -> Bool {
        guard let pattern else { return name.contains(text) }
        return name.contains(pattern)
    }
}

/// One of several parts of all files.
private struct Shard {
    private let index: UInt64
    private let count: UInt64

    init(_ text: String) throws(Arguments.UsageError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in part.utf8.allSatisfy { (48...57).contains($0) } }
        guard isPlain, parts.count == 2, let index = UInt64(parts[0]), let count = UInt64(parts[1]),
            index >= 1, index <= count
        else {
            throw Arguments.UsageError(
                message: "'--shard' takes I/N with I from 1 to N, such as 2/4, not '\(text)'"
            )
        }
        self.index = index
        self.count = count
    }

    /// By the bytes of the path alone (FNV-1a): no other file matters.
    func takes(_ path: String) -> Bool {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        // The low bits of a product are the worse ones.
        return (hash >> 32) % count == index - 1
    }
}
