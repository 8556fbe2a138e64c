import CommandLineTool
import Foundation
import JSONSource
import Synchronization
import Testing

/// What a run of the tool wrote and how it ended.
struct ToolRun {
    let exitCode: ExitCode
    let output: String
    let errors: String
    /// What it wrote into each file.
    var files: [String: String] = [:]

    /// Standard output as JSON.
    func json() throws -> JSONValue {
        let parsed = JSONParser.parse(Array(output.utf8), file: 0)
        #expect(parsed.diagnostics.map(\.message) == [])
        return try #require(parsed.value, "\(output)")
    }

    /// The lines of standard output as JSON.
    func jsonLines() throws -> [JSONValue] {
        try output.split(separator: "\n").map {
            try #require(JSONParser.parse(Array($0.utf8), file: 0).value, "\($0)")
        }
    }
}

/// Runs the tool on a machine in memory, which hands out its input in pieces of a few bytes.
///
/// `meanwhile` is what happens while the tool waits for the first, the second … time; false ends it.
func orgsim(
    _ words: [String],
    input: String = "",
    pieces: Int = 1 << 16,
    terminal: Terminal = .none,
    broken: BrokenPart? = nil,
    meanwhile: @escaping @Sendable (_ wait: Int) -> Bool = { _ in false }
) -> ToolRun {
    let machine = Machine(input: Array(input.utf8))
    let system = SystemInterface(
        write: { (bytes) throws(SystemProblem) in
            if case .output(let reason) = broken { throw SystemProblem(reason: reason) }
            machine.state.withLock { $0.output += bytes }
        },
        writeFile: { (bytes, path) throws(SystemProblem) in
            if case .files(let reason) = broken { throw SystemProblem(reason: reason) }
            machine.state.withLock { $0.files[path] = bytes }
        },
        makeFolder: { _ throws(SystemProblem) in },
        writeError: { text in machine.state.withLock { $0.errors += text } },
        readInput: { () throws(SystemProblem) in
            if case .input(let reason) = broken { throw SystemProblem(reason: reason) }
            return machine.state.withLock { state in
                let piece = state.input.prefix(pieces)
                state.input = state.input.dropFirst(pieces)
                return Array(piece)
            }
        },
        openFile: SystemInterface.process.openFile,
        unpackFile: SystemInterface.process.unpackFile,
        seconds: { 0 },
        wait: { _ in
            meanwhile(
                machine.state.withLock { state in
                    state.waits += 1
                    return state.waits
                }
            )
        },
        isOutputTerminal: terminal != .none,
        isErrorTerminal: terminal != .none,
        environment: terminal == .withoutColour ? ["NO_COLOR": "1"] : [:]
    )
    let exitCode = CommandLineTool.run(words, on: system)
    return machine.state.withLock { state in
        ToolRun(
            exitCode: exitCode,
            output: String(decoding: state.output, as: UTF8.self),
            errors: state.errors,
            files: state.files.mapValues { String(decoding: $0, as: UTF8.self) }
        )
    }
}

/// What fails on the machine, and what it says.
enum BrokenPart: Sendable {
    case input(String)
    case output(String)
    case files(String)
}

/// Whether somebody watches the run, and whether he wants colour.
enum Terminal {
    case none
    case coloured
    case withoutColour
}

private struct MachineState {
    var input: ArraySlice<UInt8>
    var output: [UInt8] = []
    var errors = ""
    var files: [String: [UInt8]] = [:]
    var waits = 0
}

private final class Machine: Sendable {
    let state: Mutex<MachineState>

    init(input: [UInt8]) {
        state = Mutex(MachineState(input: input[...]))
    }
}

/// A folder of its own for one test, gone with it.
final class TemporaryFolder {
    let path: String

    init(_ files: [String: String]) throws {
        let name = "orgsim-tests-\(UUID().uuidString)"
        let folder = FileManager.default.temporaryDirectory.appending(path: name)
        // Links in the path of the temporary folder would show up as another root.
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.resolvingSymlinksInPath().path(percentEncoded: false)
        for (name, text) in files {
            let file = URL(filePath: self[name])
            let parent = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    subscript(name: String) -> String { path + "/" + name }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: self[name], withDestinationPath: target)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Files that several suites use.
enum Sample {
    static let organization = #"""
        {
          "organization": { "managementAccount": "main" },
          "serviceControlPolicies": {
            "NoDelete": {
              "Version": "2012-10-17",
              "Statement": [
                { "Sid": "Keep", "Effect": "Deny", "Action": "s3:Delete*", "Resource": "*" }
              ]
            }
          },
          "root": {
            "serviceControlPolicies": ["FullAWSAccess", "NoDelete"],
            "accounts": {
              "main": { "id": "100000000001" },
              "app": {
                "id": "100000000002",
                "iam": {
                  "users": {
                    "ann": {
                      "inlinePolicies": {
                        "all": {
                          "Version": "2012-10-17",
                          "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
        """#

    /// A scenario on `org.json` whose steps are requests of the user ann.
    static func scenario(_ steps: String..., name: String = "Sample") -> String {
        #"""
        {
          "scenario": "\#(name)",
          "organization": "org.json",
          "defaults": { "principal": "app:user/ann", "resource": "arn:aws:s3:::b/x" },
          "steps": [
            \#(steps.joined(separator: ",\n    "))
          ]
        }
        """#
    }

    static let passingStep = #"{ "action": "s3:GetObject", "expect": "allowed" }"#
    static let failingStep =
        #"{ "name": "may delete", "action": "s3:DeleteObject", "expect": "allowed" }"#
}
