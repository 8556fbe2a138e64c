import CommandLineTool
import Foundation
import Testing

@Suite("shell completions")
struct CompletionsTests {
    @Test("every verb and option is in every script", arguments: ["bash", "zsh", "fish"])
    func everything(_ shell: String) {
        let script = orgsim(["completions", shell])
        #expect(script.exitCode == .success)
        let overview = orgsim(["--help"]).output
        let verbs = overview.split(separator: "\n").filter { $0.hasPrefix("  ") }
            .compactMap { $0.split(separator: " ").first }.map(String.init)
        #expect(verbs.contains("test") && verbs.contains("completions"))
        for verb in verbs where verb != "help" {
            let page = orgsim(["help", verb]).output
            let options = page.split(separator: "\n").filter { $0.hasPrefix("  --") }
                .compactMap { $0.split(separator: " ").first }
            for option in options {
                let name = shell == "fish" ? "-l \(option.dropFirst(2)) " : String(option)
                #expect(script.output.contains(name), "\(verb) \(option)")
            }
        }
    }

    @Test("bash completes verbs, options and the words of an option")
    func bash() throws {
        let script = orgsim(["completions", "bash"]).output
        func completions(_ words: String...) throws -> [String] {
            let list = (["orgsim"] + words).map { "'\($0)'" }.joined(separator: " ")
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [
                "bash", "--norc", "-c",
                "\(script)\nCOMP_WORDS=(\(list)); COMP_CWORD=\(words.count); _orgsim; "
                    + #"printf '%s\n' "${COMPREPLY[@]}""#,
            ]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
        }
        #expect(try completions("ev") == ["evaluate"])
        #expect(try completions("test", "--fil") == ["--filter"])
        #expect(try completions("test", "--format", "j") == ["json", "junit"])
        #expect(try completions("lint", "--fail-on", "w") == ["warning"])
        #expect(try completions("completions", "") == ["bash", "zsh", "fish"])
        #expect(try completions("help", "who") == ["who-can"])
    }

    @Test("another shell is refused")
    func unknown() {
        let run = orgsim(["completions", "csh"])
        #expect(run.exitCode == .invalidInput)
        #expect(run.errors.contains("name one shell of bash, zsh, fish"))
    }
}
