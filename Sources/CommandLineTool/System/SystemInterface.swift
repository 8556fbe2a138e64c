/// Everything the tool asks of the machine it runs on; tests put in their own.
public struct SystemInterface: Sendable {
    /// Writes to standard output; false when nobody reads it any more.
    public var write: @Sendable ([UInt8]) -> Bool
    /// Writes to standard error.
    public var writeError: @Sendable (String) -> Void
    /// The next bytes of standard input, empty at its end; nil when it cannot be read.
    public var readInput: @Sendable () -> [UInt8]?
    /// Seconds of a clock that only goes forward.
    public var seconds: @Sendable () -> Double
    /// Whether a person watches standard output.
    public var isOutputTerminal: Bool
    /// Whether a person watches standard error.
    public var isErrorTerminal: Bool
    /// Environment variables by name.
    public var environment: [String: String]

    /// A machine made of the given functions.
    public init(
        write: @escaping @Sendable ([UInt8]) -> Bool,
        writeError: @escaping @Sendable (String) -> Void,
        readInput: @escaping @Sendable () -> [UInt8]?,
        seconds: @escaping @Sendable () -> Double,
        isOutputTerminal: Bool = false,
        isErrorTerminal: Bool = false,
        environment: [String: String] = [:]
    ) {
        self.write = write
        self.writeError = writeError
        self.readInput = readInput
        self.seconds = seconds
        self.isOutputTerminal = isOutputTerminal
        self.isErrorTerminal = isErrorTerminal
        self.environment = environment
    }
}

extension SystemInterface {
    /// Whether output may carry colour: only on a terminal, and not with NO_COLOR.
    var wantsColour: Bool {
        isOutputTerminal && environment["NO_COLOR", default: ""].isEmpty
    }
}

extension SystemInterface {
    /// Writes what a verb answers; false, told on standard error, when nobody can read it.
    func write(_ bytes: [UInt8], of verb: String) -> Bool {
        if write(bytes) { return true }
        writeError("orgsim \(verb): standard output cannot be written\n")
        return false
    }

    /// Writes a text that is all a verb has to say.
    func print(_ text: String) -> ExitCode {
        write(Array(text.utf8)) ? .success : .invalidInput
    }
}
