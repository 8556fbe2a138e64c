import CommandLineTool
import Foundation
import Testing

@Suite("orgsim test --watch")
struct WatchTests {
    private func folder() throws -> TemporaryFolder {
        try TemporaryFolder([
            "org.json": Sample.organization,
            "a.json": Sample.scenario(Sample.passingStep, name: "First"),
        ])
    }

    @Test("a change of any file that was read runs them again, and the last result counts")
    func changes() throws {
        let folder = try folder()
        let (organization, path) = (folder["org.json"], folder.path)
        let run = orgsim(["test", "--watch", path]) { wait in
            switch wait {
            case 2:
                // The scenario does not change, but what it names.
                let text = Sample.organization.replacing("s3:Delete*", with: "s3:*")
                try? Data(text.utf8).write(to: URL(filePath: organization))
            case 5:
                let text = Sample.scenario(Sample.passingStep, name: "Second")
                try? Data(text.utf8).write(to: URL(filePath: path + "/b.json"))
            default: break
            }
            return wait < 9
        }
        #expect(run.exitCode == .expectationFailed)
        let closing = run.output.split(separator: "\n").filter { $0.contains(" passed, ") }
        #expect(
            closing == [
                "1 passed, 0 failed (1 scenario, 0.000 s)",
                "0 passed, 1 failed (1 scenario, 0.000 s)",
                "0 passed, 2 failed (2 scenarios, 0.000 s)",
            ]
        )
        #expect(
            run.errors == """
                watching 2 files, Ctrl-C ends
                '\(organization)' has changed; watching 2 files, Ctrl-C ends
                '\(path)/b.json' has changed; watching 3 files, Ctrl-C ends

                """
        )
        #expect(!run.output.contains("\u{1B}"))
    }

    @Test("a file that breaks is told, and its repair seen")
    func breaks() throws {
        let folder = try folder()
        let file = folder["a.json"]
        let run = orgsim(["test", "--watch", file]) { wait in
            switch wait {
            case 1: try? Data("{ oops".utf8).write(to: URL(filePath: file))
            case 3: try? FileManager.default.removeItem(atPath: file)
            case 5:
                let text = Sample.scenario(Sample.passingStep, name: "Mended")
                try? Data(text.utf8).write(to: URL(filePath: file))
            default: break
            }
            return wait < 9
        }
        #expect(run.exitCode == .success)
        #expect(run.errors.contains("[json.quotes]"))
        #expect(run.errors.contains("there is no file or folder '\(file)' [file.not-found]"))
        #expect(run.output.contains("✓ Mended"))
    }

    @Test("what the run itself writes below the folder is no change")
    func ownOutput() throws {
        let folder = try folder()
        let output = folder["results.json"]
        let run = orgsim(["test", "--watch", "--output", "json=\(output)", folder.path]) { wait in
            try? Data("\(wait)".utf8).write(to: URL(filePath: output))
            return wait < 4
        }
        #expect(!run.errors.contains("has changed"), "\(run.errors)")
    }

    @Test("on a terminal a result takes the place of the one before")
    func terminal() throws {
        let folder = try folder()
        let run = orgsim(["test", "--watch", folder["a.json"]], terminal: .coloured)
        #expect(run.output.hasPrefix("\u{1B}[H\u{1B}[2J\u{1B}[3J"))
        #expect(run.output.contains("1 passed, 0 failed"))
    }
}
