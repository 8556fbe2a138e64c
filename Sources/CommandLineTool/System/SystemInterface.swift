/// What the machine could not do.
public struct SystemProblem: Error, Sendable {
    /// The machine's own words: "No space left on device".
    public let reason: String

    /// A problem that the machine gives a reason for.
    public init(reason: String) {
        self.reason = reason
    }
}

/// Everything the tool asks of the machine it runs on; tests put in their own.
public struct SystemInterface: Sendable {
    /// Writes to standard output; fails when the disk is full or nobody reads it any more.
    public var write: @Sendable ([UInt8]) throws(SystemProblem) -> Void
    /// Writes a whole file, or leaves what was there.
    public var writeFile: @Sendable ([UInt8], String) throws(SystemProblem) -> Void
    /// Makes a folder and those above it, as far as they are not there.
    public var makeFolder: @Sendable (String) throws(SystemProblem) -> Void
    /// Takes a file away.
    public var removeFile: @Sendable (String) throws(SystemProblem) -> Void
    /// Writes to standard error.
    public var writeError: @Sendable (String) -> Void
    /// The next bytes of standard input, empty at its end.
    public var readInput: @Sendable () throws(SystemProblem) -> [UInt8]
    /// A file, piece by piece.
    public var openFile: @Sendable (String) throws(SystemProblem) -> any ByteStream
    /// What a file that gzip packed holds, piece by piece.
    public var unpackFile: @Sendable (String) throws(SystemProblem) -> any ByteStream
    /// Seconds of a clock that only goes forward.
    public var seconds: @Sendable () -> Double
    /// Lets some seconds pass; false where there is nothing to wait for.
    public var wait: @Sendable (Double) -> Bool
    /// Whether a person watches standard output.
    public var isOutputTerminal: Bool
    /// Whether a person watches standard error.
    public var isErrorTerminal: Bool
    /// How many threads may run at once.
    public var cores: Int
    /// Environment variables by name.
    public var environment: [String: String]

    /// A machine made of the given functions.
    public init(
        write: @escaping @Sendable ([UInt8]) throws(SystemProblem) -> Void,
        writeFile: @escaping @Sendable ([UInt8], String) throws(SystemProblem) -> Void = refused,
        makeFolder: @escaping @Sendable (String) throws(SystemProblem) -> Void = noFolder,
        removeFile: @escaping @Sendable (String) throws(SystemProblem) -> Void = noRemoval,
        writeError: @escaping @Sendable (String) -> Void,
        readInput: @escaping @Sendable () throws(SystemProblem) -> [UInt8],
        openFile: @escaping @Sendable (String) throws(SystemProblem) -> any ByteStream = noStream,
        unpackFile: @escaping @Sendable (String) throws(SystemProblem) -> any ByteStream = noStream,
        seconds: @escaping @Sendable () -> Double,
        wait: @escaping @Sendable (Double) -> Bool = { _ in false },
        isOutputTerminal: Bool = false,
        isErrorTerminal: Bool = false,
        cores: Int = 1,
        environment: [String: String] = [:]
    ) {
        self.write = write
        self.writeFile = writeFile
        self.makeFolder = makeFolder
        self.removeFile = removeFile
        self.writeError = writeError
        self.readInput = readInput
        self.openFile = openFile
        self.unpackFile = unpackFile
        self.seconds = seconds
        self.wait = wait
        self.isOutputTerminal = isOutputTerminal
        self.isErrorTerminal = isErrorTerminal
        self.cores = cores
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
    /// Writes to standard output; false, told on standard error, when that cannot be done.
    func answer(_ bytes: [UInt8]) -> Bool {
        do throws(SystemProblem) {
            try write(bytes)
            return true
        } catch {
            writeError("orgsim: cannot write to standard output: \(error.reason)\n")
            return false
        }
    }

    /// All of standard input.
    func standardInput(atMost limit: Int) throws(SystemProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            let chunk = try readInput()
            if chunk.isEmpty { return bytes }
            bytes += chunk
        }
        throw SystemProblem(reason: "it has more than \(limit) bytes")
    }

    /// Writes a text that is all a verb has to say.
    func print(_ text: String) -> ExitCode {
        answer(Array(text.utf8)) ? .success : .invalidInput
    }

    /// Writes a file that is all a verb has to say; the problem where that cannot be done.
    func write(_ text: String, to path: String) -> SystemProblem? {
        do throws(SystemProblem) {
            try writeFile(Array(text.utf8), path)
            return nil
        } catch {
            return error
        }
    }

    /// What a machine says that keeps no files.
    @Sendable public static func refused(
        _: [UInt8],
        _: String
    ) throws(SystemProblem) {
        throw SystemProblem(reason: "no files can be written here")
    }

    /// What a machine says that makes no folders.
    @Sendable public static func noFolder(_: String) throws(SystemProblem) {
        throw SystemProblem(reason: "no folders can be made here")
    }

    /// What a machine says that removes no files.
    @Sendable public static func noRemoval(_: String) throws(SystemProblem) {
        throw SystemProblem(reason: "no files can be removed here")
    }
}
