#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

// Files that are too large to be held.
extension SystemInterface {
    /// What a machine says that reads no files piece by piece.
    @Sendable public static func noStream(_: String) throws(SystemProblem) -> any ByteStream {
        throw SystemProblem(reason: "no files can be read here")
    }

    @Sendable static func openFile(_ path: String) throws(SystemProblem) -> any ByteStream {
        // For the system a path ends at an empty byte.
        guard !path.utf8.contains(0) else {
            throw SystemProblem(reason: String(cString: strerror(ENOENT)))
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .lastError }
        return DescriptorStream(descriptor)
    }

    /// What `gzip -dc` makes of a file.
    @Sendable static func unpackFile(_ path: String) throws(SystemProblem) -> any ByteStream {
        let output = try Pipe()
        let errors: Pipe
        do throws(SystemProblem) {
            errors = try Pipe()
        } catch {
            output.close()
            throw error
        }
        let process: pid_t
        do throws(SystemProblem) {
            process = try spawnGzip(path, output, errors)
        } catch {
            output.close()
            errors.close()
            throw error
        }
        close(output.writing)
        close(errors.writing)
        return GzipStream(process, path, output: output.reading, errors: errors.reading)
    }

    private static func spawnGzip(
        _ path: String,
        _ output: Pipe,
        _ errors: Pipe
    ) throws(SystemProblem) -> pid_t {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
        posix_spawn_file_actions_adddup2(&actions, errors.writing, 2)
        let texts: [String] = ["gzip", "-dc", "--", path]
        var words: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let failure = posix_spawnp(&process, "gzip", &actions, nil, &words, environ)
        guard failure == 0 else {
            let reason = String(cString: strerror(failure))
            throw SystemProblem(reason: "the program 'gzip' cannot be run: \(reason)")
        }
        return process
    }
}

/// Two ends that programs that are run do not inherit.
private struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws(SystemProblem) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw .lastError }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    func close() {
        for end in [reading, writing] { _ = closeDescriptor(end) }
    }
}

private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }

/// What can be read from a descriptor, which is closed in the end.
private final class DescriptorStream: ByteStream {
    private let descriptor: Int32
    /// So much is asked for at once.
    private static let size = 1 << 20

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    func next() throws(SystemProblem) -> [UInt8] {
        var problem: SystemProblem?
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.size) { buffer, count in
            // A pipe gives little at a time.
            while count < buffer.count, let start = buffer.baseAddress {
                let taken = read(descriptor, start + count, buffer.count - count)
                if taken < 0, errno == EINTR { continue }
                if taken < 0 { problem = .lastError }
                guard taken > 0 else { break }
                count += taken
            }
        }
        // What came before is handed out first; the problem comes again.
        if let problem, bytes.isEmpty { throw problem }
        return bytes
    }
}

/// What a running `gzip` writes; its end tells whether that was all.
private final class GzipStream: ByteStream {
    private let process: pid_t
    private let path: String
    private let output: DescriptorStream
    private let errors: Int32
    private var hasEnded = false

    init(_ process: pid_t, _ path: String, output: Int32, errors: Int32) {
        self.process = process
        self.path = path
        self.output = DescriptorStream(output)
        self.errors = errors
    }

    deinit {
        if !hasEnded {
            kill(process, SIGTERM)
            _ = end()
        }
        close(errors)
    }

    func next() throws(SystemProblem) -> [UInt8] {
        if hasEnded { return [] }
        let bytes = try output.next()
        guard bytes.isEmpty else { return bytes }
        hasEnded = true
        let words = complaint()
        guard end() == 0 else {
            throw SystemProblem(reason: words.isEmpty ? "gzip cannot unpack it" : words)
        }
        return []
    }

    /// The last line that gzip wrote about the file, without its own name and that of the file.
    private func complaint() -> String {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = read(errors, &bytes, bytes.count)
        let text = String(decoding: bytes[..<max(0, count)], as: UTF8.self)
        let line = text.split(separator: "\n").last.map { String($0) } ?? ""
        let start = "gzip: \(path): "
        return line.hasPrefix(start) ? String(line.dropFirst(start.count)) : line
    }

    /// Waits for the program to end; what it ended with.
    private func end() -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status
    }
}

extension SystemProblem {
    /// What the last call of the C library failed with.
    fileprivate static var lastError: SystemProblem {
        SystemProblem(reason: String(cString: strerror(errno)))
    }
}
