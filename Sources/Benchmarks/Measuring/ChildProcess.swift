#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A program run to its end: what a whole process costs.
struct ChildProcess {
    let path: String
    let arguments: [String]

    /// What a run took of the machine.
    struct Cost {
        let wall: Double
        let processor: Double
    }

    /// The folder of this program, where those built with it lie too.
    static var folder: String {
        let own = CommandLine.arguments[0]
        return own.contains("/")
            ? String(own[..<(own.lastIndex(of: "/") ?? own.endIndex)]) : "."
    }

    static func tool(_ arguments: String...) -> ChildProcess {
        ChildProcess(path: folder + "/orgsim", arguments: arguments)
    }

    static func benchmarks(_ arguments: String...) -> ChildProcess {
        ChildProcess(path: CommandLine.arguments[0], arguments: arguments)
    }

    /// Runs the program, its input and output files where named, and nothing where not.
    ///
    /// Ends in a failure where the exit code is none of those that are fine.
    @discardableResult
    func run(
        input: String? = nil,
        output: String? = nil,
        accepting codes: [Int32] = [0]
    ) throws(Failure) -> Cost {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input ?? "/dev/null", O_RDONLY, 0)
        let writing = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 1, output ?? "/dev/null", writing, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var process = pid_t()
        let start = Stopwatch.wall.now
        guard posix_spawn(&process, path, &actions, nil, words, environ) == 0 else {
            throw Failure(message: "\(path) does not start; build it in the same configuration")
        }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
        let wall = Stopwatch.wall.now - start
        guard status & 0x7f == 0, codes.contains(status >> 8) else {
            let line = ([path] + arguments).joined(separator: " ")
            throw Failure(message: "'\(line)' ended with status \(status >> 8)")
        }
        return Cost(
            wall: wall,
            processor: usage.ru_utime.seconds + usage.ru_stime.seconds
        )
    }
}

extension timeval {
    fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) * 1e-6 }
}
