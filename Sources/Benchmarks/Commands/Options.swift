import Workloads

/// What the command line says: a command, and options with a value each.
struct Options {
    let command: String?
    private var values: [String: String] = [:]
    private var flags: Set<String> = []

    struct UsageError: Error {
        let message: String
    }

    private static let valued = [
        "--only", "--repetitions", "--accounts", "--roles", "--statements", "--seed", "--indent",
        "--count", "--trust", "--file", "--threads",
    ]
    private static let switches = ["--distinct", "--help", "--json", "--lines"]

    init(_ words: [String]) throws(UsageError) {
        var rest = words[...]
        let isCommand = rest.first?.hasPrefix("-") == false
        command = isCommand ? rest.removeFirst() : nil
        while let word = rest.popFirst() {
            if Self.switches.contains(word) {
                flags.insert(word)
            } else if Self.valued.contains(word), let value = rest.popFirst() {
                values[word] = value
            } else {
                throw UsageError(message: "'\(word)' is no option, or lacks its value")
            }
        }
    }

    func has(_ flag: String) -> Bool { flags.contains(flag) }

    func text(_ name: String) -> String? { values[name] }

    /// A whole number; what was given must be at least 1.
    func number(_ name: String, else standard: Int) throws(UsageError) -> Int {
        guard let text = values[name] else { return standard }
        guard let number = Int(text), number > 0 else {
            throw UsageError(message: "\(name) takes a number above 0, not '\(text)'")
        }
        return number
    }

    /// The shape that `--accounts`, `--roles`, `--statements`, `--seed` and `--trust` describe.
    func shape(accounts: Int, roles: Int) throws(UsageError) -> OrganizationShape {
        var shape = OrganizationShape(
            accounts: try number("--accounts", else: accounts),
            rolesPerAccount: try number("--roles", else: roles)
        )
        shape.statementsPerPolicy = try number(
            "--statements",
            else: shape.statementsPerPolicy
        )
        shape.seed = UInt64(try number("--seed", else: Int(shape.seed)))
        switch values["--trust"] {
        case nil, "realistic": break
        case "everyone": shape.trust = .everyone
        case let other?:
            throw UsageError(message: "--trust is realistic or everyone, not '\(other)'")
        }
        return shape
    }
}
