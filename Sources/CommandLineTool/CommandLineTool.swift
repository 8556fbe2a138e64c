import JSONSource

/// The `orgsim` command: finds the verb, runs it and says how it ended.
public enum CommandLineTool {
    /// The version that `--version` prints.
    public static let version = "0.1.0"

    /// Runs the tool with the words behind its name.
    public static func run(_ words: [String], on system: SystemInterface) -> ExitCode {
        guard let first = words.first else {
            system.writeError(overview)
            return .invalidInput
        }
        switch first {
        case "--version": return system.print("orgsim \(version)\n")
        case "--help", "-h": return system.print(overview)
        case "help": return help(words.dropFirst(), system)
        default: break
        }
        guard let verb = Verb.all.first(where: { $0.name == first }) else {
            let isOption = first.hasPrefix("-")
            let known = isOption ? ["--help", "--version"] : Verb.all.map(\.name) + ["help"]
            return refuse(
                "unknown \(isOption ? "option" : "verb") '\(first)'",
                first,
                known,
                system
            )
        }
        let rest = Array(words.dropFirst())
        // Behind "--" stand paths, whatever they look like.
        let options = rest.prefix { $0 != "--" }
        if options.contains("--help") || options.contains("-h") { return system.print(verb.help) }
        do throws(Arguments.UsageError) {
            return try verb.run(try Arguments(rest, known: verb.options), system)
        } catch {
            system.writeError(
                "orgsim \(verb.name): \(error.message.printable)\nusage: orgsim \(verb.usage)\n"
            )
            return .invalidInput
        }
    }

    private static func help(_ words: ArraySlice<String>, _ system: SystemInterface) -> ExitCode {
        guard let name = words.first else { return system.print(overview) }
        if let verb = Verb.all.first(where: { $0.name == name }) { return system.print(verb.help) }
        return refuse("unknown verb '\(name)'", name, Verb.all.map(\.name), system)
    }

    private static func refuse(
        _ message: String,
        _ word: String,
        _ known: [String],
        _ system: SystemInterface
    ) -> ExitCode {
        let near = NearestName.of(word, among: known).map { ", did you mean '\($0)'?" } ?? ""
        let list = known.joined(separator: ", ")
        system.writeError("orgsim: \(message.printable)\(near)\nknown: \(list)\n")
        return .invalidInput
    }

    private static let overview: String = {
        let width = Verb.all.map(\.name.count).max() ?? 0
        let rows = Verb.all.map { verb in
            let padding = String(repeating: " ", count: width - verb.name.count + 2)
            return "  \(verb.name)\(padding)\(verb.summary)"
        }
        return """
            orgsim decides offline who can do what across the accounts of an AWS organization.

            usage: orgsim VERB [OPTION…] [PATH…]

            \(rows.joined(separator: "\n"))
              help\(String(repeating: " ", count: max(0, width - 2)))the page of a verb: orgsim help VERB

            Exit codes: 0 all as expected, 1 an expectation failed, 2 input or usage is wrong.

            """
    }()
}
