#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// write(2), whose name a member below hides.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    write(descriptor, buffer.baseAddress, buffer.count)
}

extension SystemInterface {
    /// The process the tool runs in.
    public static var process: SystemInterface {
        // A reader that goes away is seen by write(), not by the end of the process.
        signal(SIGPIPE, SIG_IGN)
        return SystemInterface(
            write: { (bytes) throws(SystemProblem) in try writeAll(bytes, to: 1) },
            writeFile: replaceFile,
            makeFolder: makeFolders,
            removeFile: { (path) throws(SystemProblem) in
                guard unlink(path) == 0 || errno == ENOENT else { throw .latest }
            },
            // Where even this cannot be written there is nobody to tell.
            writeError: { try? writeAll(Array($0.utf8), to: 2) },
            readInput: readChunk,
            openFile: openFile,
            unpackFile: unpackFile,
            seconds: monotonicSeconds,
            wait: { seconds in
                usleep(UInt32(seconds * 1_000_000))
                return true
            },
            isOutputTerminal: isatty(1) == 1,
            isErrorTerminal: isatty(2) == 1,
            cores: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
            environment: ["NO_COLOR": getenv("NO_COLOR").map { String(cString: $0) } ?? ""]
        )
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(SystemProblem) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes[offset...].withUnsafeBytes { buffer in
                systemWrite(descriptor, buffer)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .latest }
            offset += written
        }
    }

    /// Writes beside the file and puts the result in its place, so that no half of it is seen.
    ///
    /// A link is followed; what is no file, such as a device or a pipe, is written into and stays.
    @Sendable private static func replaceFile(
        _ bytes: [UInt8],
        _ name: String
    ) throws(SystemProblem) {
        var path = name
        var mode: mode_t?
        var status = stat()
        if stat(name, &status) == 0 {
            guard access(name, W_OK) == 0 else { throw .latest }
            guard status.st_mode & S_IFMT == S_IFREG else { return try write(bytes, into: name) }
            guard let real = realpath(name, nil) else { throw .latest }
            path = String(cString: real)
            free(real)
            mode = status.st_mode & 0o7777
        }
        let part = "\(path).orgsim-part"
        let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw .latest }
        do throws(SystemProblem) {
            // Whom the file was kept from, it stays kept from.
            if let mode, fchmod(descriptor, mode) != 0 { throw .latest }
            try writeAll(bytes, to: descriptor)
        } catch {
            close(descriptor)
            unlink(part)
            throw error
        }
        guard close(descriptor) == 0, rename(part, path) == 0 else {
            let problem = SystemProblem.latest
            unlink(part)
            throw problem
        }
    }

    @Sendable private static func makeFolders(_ name: String) throws(SystemProblem) {
        var path = name.hasPrefix("/") ? "/" : ""
        for part in name.split(separator: "/") {
            path += (path.isEmpty || path == "/" ? "" : "/") + part
            guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .latest }
        }
    }

    private static func write(_ bytes: [UInt8], into path: String) throws(SystemProblem) {
        // Should nobody read a pipe, opening it does not wait.
        let descriptor = open(path, O_WRONLY | O_NONBLOCK)
        guard descriptor >= 0 else { throw .latest }
        defer { close(descriptor) }
        // A reader that is slow is waited for.
        _ = fcntl(descriptor, F_SETFL, 0)
        try writeAll(bytes, to: descriptor)
    }

    @Sendable private static func readChunk() throws(SystemProblem) -> [UInt8] {
        var taken = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
            repeat {
                taken = read(0, buffer.baseAddress, buffer.count)
            } while taken < 0 && errno == EINTR
            count = max(0, taken)
        }
        if taken < 0 { throw .latest }
        return bytes
    }

    @Sendable private static func monotonicSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
    }
}

extension SystemProblem {
    /// What the last call of the C library failed with.
    fileprivate static var latest: SystemProblem {
        SystemProblem(reason: String(cString: strerror(errno)))
    }
}
