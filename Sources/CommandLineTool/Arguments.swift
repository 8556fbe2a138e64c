import JSONSource

/// An option of a verb: `--root DIR`.
struct OptionDescription: Sendable {
    let name: String
    /// What its value is called in the help; nil for a switch.
    let value: String?
    let help: String
    /// Whether it may be given several times.
    var repeats = false
    /// The words its value is one of, where that is known.
    var choices: [String] = []
    /// The words of which one stands before `=FILE` in its value.
    var prefixes: [String] = []
}

/// The words behind a verb, sorted into options and paths.
struct Arguments {
    /// The last value of each option that was given.
    private(set) var options: [String: String] = [:]
    private var values: [String: [String]] = [:]
    private(set) var paths: [String] = []

    /// What is wrong with the words of a command line.
    struct UsageError: Error {
        let message: String
    }

    /// Reads words against the options a verb knows; `--` ends the options.
    init(_ words: [String], known: [OptionDescription]) throws(UsageError) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                paths += rest
                return
            }
            guard word.hasPrefix("-"), word != "-" else {
                paths.append(word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let option = known.first(where: { $0.name == name }) else {
                let near = NearestName.of(name, among: known.map(\.name))
                let hint = near.map { ", did you mean '\($0)'?" } ?? ""
                throw UsageError(message: "unknown option '\(name)'\(hint)")
            }
            if options[name] != nil, !option.repeats {
                throw UsageError(message: "'\(name)' is given twice")
            }
            if option.value == nil {
                guard parts.count == 1 else {
                    throw UsageError(message: "'\(name)' takes no value")
                }
                options[name] = ""
            } else if parts.count == 2 {
                add(String(parts[1]), to: name)
            } else {
                guard let value = rest.popFirst() else {
                    throw UsageError(message: "'\(name)' needs a value: \(option.value ?? "")")
                }
                add(value, to: name)
            }
        }
    }

    private mutating func add(_ value: String, to name: String) {
        options[name] = value
        values[name, default: []].append(value)
    }
}

extension Arguments {
    /// Every value of an option that may be given several times, in order.
    func all(_ option: String) -> [String] { values[option] ?? [] }
}

extension Arguments {
    /// The value of an option that takes one of a few words; nil when it is not given.
    func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ option: String,
        _ type: Choice.Type
    ) throws(UsageError) -> Choice? {
        guard let word = options[option] else { return nil }
        return try Self.choice(word, of: Choice.allCases.map(\.self), for: option)
    }

    /// The one of some words that is meant by a value of an option.
    static func choice<Choice: RawRepresentable<String>>(
        _ word: String,
        of choices: [Choice],
        for option: String
    ) throws(UsageError) -> Choice {
        if let choice = choices.first(where: { $0.rawValue == word }) { return choice }
        let known = choices.map(\.rawValue)
        let near = NearestName.of(word, among: known).map { ", did you mean '\($0)'?" } ?? ""
        let list = known.joined(separator: ", ")
        throw UsageError(message: "'\(option)' takes one of \(list), not '\(word)'\(near)")
    }
}
