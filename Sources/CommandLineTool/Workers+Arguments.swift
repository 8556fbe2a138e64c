import Parallelism

extension OptionDescription {
    static let jobs = OptionDescription(
        name: "--jobs",
        value: "N",
        help: "work on so many threads (default: all cores); the output is the same"
    )
}

extension Workers {
    /// As many as `--jobs` says, else one for each core.
    init(_ arguments: Arguments, _ system: SystemInterface) throws(Arguments.UsageError) {
        guard let text = arguments.options[OptionDescription.jobs.name] else {
            self.init(system.cores)
            return
        }
        let isDigits = !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        guard isDigits, let count = Int(text), (1...Workers.limit).contains(count) else {
            let message = "'--jobs' takes a number from 1 to \(Workers.limit), not '\(text)'"
            throw Arguments.UsageError(message: message)
        }
        self.init(count)
    }
}
