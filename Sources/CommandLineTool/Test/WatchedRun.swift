import JSONSource
import Synchronization

/// `orgsim test --watch`: a run again and again, whenever a file it read has changed.
struct WatchedRun {
    /// How often files are looked at, in seconds.
    private static let interval = 0.25
    /// Puts the cursor in front of an empty screen and forgets what was above.
    private static let emptyScreen = "\u{1B}[H\u{1B}[2J\u{1B}[3J"
    let arguments: Arguments
    let system: SystemInterface

    /// Ends when nobody reads the results any more, with what came out last.
    func run() throws(Arguments.UsageError) -> ExitCode {
        var exitCode = ExitCode.success
        var change: String?
        repeat {
            let outputs = try RunFile.all(arguments).map(\.path)
            let files = WatchedFiles(arguments.paths, but: outputs)
            let screen = Screen()
            let run = try TestRun(arguments, screen.system(like: system), watched: files)
            exitCode = run.run()
            // The last result stands until there is another.
            let opening = system.isOutputTerminal ? Self.emptyScreen : ""
            guard system.answer(Array(opening.utf8)) else { return exitCode }
            system.writeError(screen.errors)
            guard system.answer(screen.output) else { return exitCode }
            let news = change.map { "'\($0.printable)' has changed; " } ?? ""
            system.writeError("\(news)watching \(files.count) files, Ctrl-C ends\n")
            change = awaitChange(of: files)
        } while change != nil
        return exitCode
    }

    /// The file that changed, when nothing changes any more; nil when there is nothing to wait for.
    private func awaitChange(of files: WatchedFiles) -> String? {
        while system.wait(Self.interval) {
            guard let change = files.change() else { continue }
            // An editor that writes several files is given the time to.
            var before = files.change()
            while system.wait(Self.interval), case let now = files.change(), now != before {
                before = now
            }
            return change
        }
        return nil
    }
}

/// What a run writes, kept until it has ended.
private final class Screen: Sendable {
    private let written = Mutex<(output: [UInt8], errors: String)>(([], ""))

    var output: [UInt8] { written.withLock(\.output) }
    var errors: String { written.withLock(\.errors) }

    func system(like system: SystemInterface) -> SystemInterface {
        var system = system
        system.write = { bytes in self.written.withLock { $0.output += bytes } }
        system.writeError = { text in self.written.withLock { $0.errors += text } }
        system.isErrorTerminal = false
        return system
    }
}
