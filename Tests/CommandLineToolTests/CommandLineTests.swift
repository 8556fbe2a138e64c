import CommandLineTool
import Testing

@Suite("Command line")
struct CommandLineTests {
    @Test(
        "--help, -h and help tell what the tool does, on standard output",
        arguments: ["--help", "-h", "help"]
    )
    func overview(_ word: String) {
        let run = orgsim([word])
        #expect(run.exitCode == .success)
        #expect(run.errors.isEmpty)
        #expect(run.output.contains("usage: orgsim VERB"))
        for verb in ["test", "evaluate", "help"] { #expect(run.output.contains("\n  \(verb) ")) }
        #expect(run.output.hasSuffix("\n"))
    }

    @Test("without a word the overview goes to standard error and the exit code is 2")
    func noWords() {
        let run = orgsim([])
        #expect(run.exitCode == .invalidInput)
        #expect(run.output.isEmpty)
        #expect(run.errors == orgsim(["--help"]).output)
    }

    @Test("--version prints name and version")
    func version() {
        let run = orgsim(["--version"])
        #expect(run.exitCode == .success)
        #expect(run.output == "orgsim \(CommandLineTool.version)\n")
        #expect(run.errors.isEmpty)
    }

    @Test(
        "a verb has a page, by help VERB, VERB --help and VERB -h",
        arguments: ["test", "evaluate"]
    )
    func verbPages(_ verb: String) {
        let run = orgsim(["help", verb])
        #expect(run.exitCode == .success)
        #expect(run.output.contains("usage: orgsim \(verb)"))
        #expect(run.output.contains("\n  --root DIR"))
        #expect(run.output.hasSuffix("\n"))
        #expect(orgsim([verb, "--help"]).output == run.output)
        #expect(orgsim([verb, "some.json", "-h"]).output == run.output)
        #expect(orgsim([verb, "-h"]).exitCode == .success)
    }

    struct Misuse: CustomTestStringConvertible {
        let words: [String]
        let message: String

        init(_ words: String..., says message: String) {
            self.words = words
            self.message = message
        }

        var testDescription: String { "orgsim " + words.joined(separator: " ") }
    }

    @Test(
        "wrong usage is told on standard error, with the nearest name, and ends with 2",
        arguments: [
            Misuse("tset", says: "orgsim: unknown verb 'tset', did you mean 'test'?\n"),
            Misuse(
                "evalute",
                "x",
                says: "orgsim: unknown verb 'evalute', did you mean 'evaluate'?\n"
            ),
            Misuse("banana", says: "orgsim: unknown verb 'banana'\nknown: "),
            Misuse("a\u{1B}[2J", says: #"orgsim: unknown verb 'a\u{1b}[2J'"# + "\nknown: "),
            Misuse("help", "tset", says: "orgsim: unknown verb 'tset', did you mean 'test'?\n"),
            Misuse(
                "--vresion",
                says: "orgsim: unknown option '--vresion', did you mean '--version'?\n"
            ),
            Misuse("test", says: "orgsim test: name at least one scenario file or folder\n"),
            Misuse(
                "test",
                "--fromat",
                "json",
                "x",
                says: "orgsim test: unknown option '--fromat', did you mean '--format'?\n"
            ),
            Misuse("test", "--qqqqqqqq", says: "orgsim test: unknown option '--qqqqqqqq'\n"),
            Misuse(
                "test",
                "x",
                "--format",
                says: "orgsim test: '--format' needs a value: FORMAT\n"
            ),
            Misuse(
                "test",
                "--format=json",
                "--format",
                "text",
                "x",
                says: "orgsim test: '--format' is given twice\n"
            ),
            Misuse(
                "test",
                "--format",
                "xml",
                "x",
                says:
                    "orgsim test: '--format' takes one of text, json, junit, tap, github, sarif, lcov, html, not 'xml'\n"
            ),
            Misuse(
                "test",
                "/no/such/folder",
                says: "error: there is no file or folder '/no/such/folder' [file.not-found]\n"
            ),
            Misuse(
                "test",
                "--",
                "--help",
                says: "error: there is no file or folder '--help' [file.not-found]\n"
            ),
            Misuse(
                "test",
                "--root",
                "/no/such",
                "x",
                says: "orgsim test: '/no/such' is not a folder\n"
            ),
            Misuse("evaluate", says: "orgsim evaluate: --organization FILE is needed\n"),
            Misuse(
                "evaluate",
                "--organization",
                "/no/such.json",
                says: "orgsim evaluate: there is no file '/no/such.json'\n"
            ),
            Misuse(
                "evaluate",
                "--organization",
                "x",
                "requests.ndjson",
                says:
                    "orgsim evaluate: unexpected 'requests.ndjson': requests are read from standard input\n"
            ),
            Misuse(
                "evaluate",
                "--organization",
                "/",
                "--clock",
                "noon",
                says:
                    "orgsim evaluate: 'noon' is not a date and time such as 2026-01-15T09:00:00Z\n"
            ),
        ]
    )
    func misuse(_ row: Misuse) {
        let run = orgsim(row.words)
        #expect(run.exitCode == .invalidInput)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(row.message), "\(run.errors)")
    }

    @Test("the exit codes are those of formats, section 4")
    func exitCodes() {
        #expect(ExitCode.success.rawValue == 0)
        #expect(ExitCode.expectationFailed.rawValue == 1)
        #expect(ExitCode.invalidInput.rawValue == 2)
    }
}
