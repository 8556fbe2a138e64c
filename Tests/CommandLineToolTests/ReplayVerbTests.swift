import CommandLineTool
import Foundation
import JSONSource
import Testing

/// `orgsim replay` on files of a scratch folder, packed by the system's own gzip.
@Suite("Replaying recorded calls")
struct ReplayVerbTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder([
            "o.json": Self.organization, "regions.json": Self.regions, "logs/a.json": "[]",
        ])
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder[name]))
    }

    private func path(_ name: String) -> String { folder[name] }

    private static let organization = #"""
        {
          "organization": { "id": "o-acmecorp01", "managementAccount": "management" },
          "root": { "accounts": {
            "management": { "id": "111111111111" },
            "shop": { "id": "222222222222", "iam": { "users": { "ann": {
              "managedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"] } } } } } }
        }
        """#

    private static let regions = #"""
        {
          "serviceControlPolicies": { "Guard": { "Version": "2012-10-17", "Statement": [
            { "Effect": "Deny", "Action": "ec2:*", "Resource": "*",
              "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}} } ] } },
          "root": { "serviceControlPolicies": ["FullAWSAccess", "Guard"] }
        }
        """#

    private static func record(_ region: String = "us-east-1") -> String {
        #"""
        {"eventVersion":"1.11","userIdentity":{"type":"IAMUser","principalId":"AIDA1","arn":"arn:aws:iam::222222222222:user/ann","accountId":"222222222222","userName":"ann"},"eventTime":"2026-11-20T09:00:00Z","eventSource":"ec2.amazonaws.com","eventName":"DescribeInstances","awsRegion":"\#(region)","sourceIPAddress":"203.0.113.9","userAgent":"x","requestParameters":{},"eventType":"AwsApiCall"}
        """#
    }

    private static func log(_ records: Int, _ region: String = "us-east-1") -> String {
        let list = Array(repeating: record(region), count: records).joined(separator: ",")
        return #"{"Records":[\#(list)]}"#
    }

    private func gzip(_ name: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-f", path(name)]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    private func replay(_ words: [String], input: String = "") -> ToolRun {
        orgsim(["replay"] + words, input: input)
    }

    private var question: [String] {
        ["--organization", path("o.json"), "--against", path("regions.json")]
    }

    @Test("every form of records says the same: lists, lines, packed, folders, standard input")
    func forms() throws {
        try write("logs/a.json", Self.log(2))
        try write("logs/b.json", Self.log(3, "eu-west-1"))
        try gzip("logs/b.json")
        try write("logs/c.ndjson", Self.record() + "\n" + Self.record())
        let escaped = Self.record().replacing("\"", with: "\\\"")
        try write("logs/d.json", #"{"Events":[{"EventId":"1","CloudTrailEvent":"\#(escaped)"}]}"#)
        try write("logs/e.json", #"{"version":"0","detail-type":"x","detail":\#(Self.record())}"#)
        try write("logs/notes.txt", "no records")
        let run = replay(question + ["--format", "json", path("logs")])
        #expect(run.errors.isEmpty)
        #expect(run.exitCode == .success)
        let answer = try run.json()
        #expect(answer["records"]?["count"]?.text == "9")
        #expect(answer["files"]?.text == "5")
        #expect(answer["effects"]?.element(0)?["newlyDenied"]?.text == "6")
        #expect(answer["effects"]?.element(0)?["same"]?.text == "3")
        let one = replay(question + ["--format", "json", "--jobs", "3", path("logs")])
        #expect(one.output == run.output)
        let lines = replay(question + ["-"], input: Self.log(4))
        #expect(lines.output.contains("4 records of 1 file"))
        let list = replay(question + ["--files-from", "-"], input: path("logs/a.json") + "\n")
        #expect(list.output.contains("2 records of 1 file"))
        #expect(list.output.contains("regions.json: 2 newly denied"))
        let page = replay(question + ["--format", "html", path("logs")])
        #expect(page.output.hasPrefix("<!DOCTYPE html>"))
        #expect(page.output.contains("6 newly denied"))
    }

    @Test("the exit code is 1 where something is newly denied and that is asked for")
    func exitCodes() throws {
        try write("logs/a.json", Self.log(1))
        try write("logs/b.json", Self.log(1, "eu-west-1"))
        let (bad, good) = (path("logs/a.json"), path("logs/b.json"))
        #expect(replay(question + [bad]).exitCode == .success)
        #expect(replay(question + ["--fail-on-denied", bad]).exitCode == .expectationFailed)
        #expect(replay(question + ["--fail-on-denied", good]).exitCode == .success)
        for words in [
            [], ["a.json"], ["--merge"], question, question + ["-", "--files-from", "-"],
        ] {
            let run = replay(words)
            #expect(run.exitCode == .invalidInput, "\(words)")
            #expect(run.output.isEmpty)
            #expect(run.errors.contains("usage: orgsim replay"))
        }
        #expect(replay(["--organization", path("none.json"), bad]).exitCode == .invalidInput)
    }

    @Test("a file that is damaged, missing or no JSON is named, and the rest goes on")
    func damaged() throws {
        try write("logs/a.json", Self.log(1_000))
        try gzip("logs/a.json")
        let packed = try Data(contentsOf: URL(filePath: path("logs/a.json.gz")))
        try packed.prefix(packed.count / 2).write(to: URL(filePath: path("logs/cut.json.gz")))
        try write("logs/text.json", "hello\n")
        try write("logs/short.json", String(Self.log(2).dropLast(2)))
        let words = [path("logs"), path("logs/missing.json")]
        let run = replay(question + ["--fail-on-denied"] + words)
        #expect(run.exitCode == .invalidInput)
        #expect(run.output.contains("logs/cut.json.gz"))
        #expect(run.output.contains("unexpected end of file"))
        #expect(run.output.contains("missing.json: No such file or directory"))
        #expect(run.output.contains("logs/text.json#1: "))
        #expect(run.output.contains("logs/short.json, behind record 2: it ends before"))
        let json = try replay(question + ["--format", "json"] + words).json()
        // What came before the damage is replayed.
        let count = try #require(json["records"]?["count"]?.text.flatMap { Int($0) })
        #expect(count >= 1_002)
    }

    @Test("answers put together are the answer to everything")
    func merging() throws {
        try write("logs/a.json", Self.log(2))
        try write("logs/b.json", Self.log(3, "eu-west-1"))
        try write("logs/c.ndjson", Self.record() + "\nbroken\n")
        let files = ["logs/a.json", "logs/b.json", "logs/c.ndjson"].map(path)
        let whole = replay(question + ["--format", "json"] + files)
        for (number, file) in files.enumerated() {
            let part = replay(question + ["--format", "json", file])
            try write("part\(number).json", part.output)
        }
        let parts = [2, 0, 1].map { path("part\($0).json") }
        let merged = replay(["--merge", "--format", "json"] + parts)
        #expect(merged.output == whole.output)
        #expect(replay(["--merge", "--fail-on-denied"] + parts).exitCode == .expectationFailed)
        let other = replay(["--organization", path("o.json"), "--format", "json", files[0]])
        try write("other.json", other.output)
        let refused = replay(["--merge", parts[0], path("other.json")])
        #expect(refused.exitCode == .invalidInput)
        #expect(refused.errors.contains("it answers another question"))
        try write("none.json", "{}")
        #expect(replay(["--merge", path("none.json")]).errors.contains("it is no answer"))
    }
}

extension JSONValue {
    /// A number as it is written.
    fileprivate var text: String? {
        if case .number(let text) = content { text } else { nil }
    }
}
