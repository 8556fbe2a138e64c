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
        #expect(Self.unwrapped(list.output).contains("regions.json: 2 newly denied"))
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
        #expect(
            Self.unwrapped(run.output).contains(" Incomplete, see below: 3 files or folders not ")
        )
        #expect(run.output.contains("/logs/cut.json.gz"))
        // The words of gzip without those that stand before them already.
        #expect(run.output.contains("unexpected end of file") && !run.output.contains("gzip:"))
        #expect(Self.unwrapped(run.output).contains("missing.json: No such file or directory"))
        let output = Self.unwrapped(run.output)
        #expect(output.contains("logs/text.json#1: "))
        #expect(output.contains("logs/short.json, behind record 2: it ends before"))
        let json = try replay(question + ["--format", "json"] + words).json()
        // What came before the damage is replayed.
        let count = try #require(json["records"]?["count"]?.text.flatMap { Int($0) })
        #expect(count >= 1_002)
    }

    /// The text with the lines joined again that were too long.
    private static func unwrapped(_ text: String) -> String {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
    }

    @Test("whatever files are, what they hold is replayed and what is wrong with them is told")
    func oddFiles() throws {
        let record = Self.record()
        let packed = try packed(Self.log(2)) + packed(Self.log(3))
        let files: [(name: String, bytes: Data, records: Int, told: String?)] = [
            ("members.json.gz", packed, 5, nil),
            ("misnamed.json", try self.packed(Self.log(1)), 1, nil),
            ("empty.json", Data(), 0, nil),
            ("marked.json", Data("\u{FEFF}\(Self.log(2))".utf8), 2, nil),
            ("windows.ndjson", Data("\(record)\r\n\(record)\r\n".utf8), 2, nil),
            ("cut.ndjson", Data("\(record)\n\(record.dropLast(9))\n\(record)\n".utf8), 2, "#2: "),
            ("deep.json", Data(repeating: UInt8(ascii: "["), count: 1 << 20), 0, "it ends before"),
            ("zeros.json", Data(count: 5_000), 0, "#1: "),
            ("page.json", Data(#"{"Events":[],"NextToken":"x"}"#.utf8), 0, "one page of several"),
            ("wide.json", Data([0xFF, 0xFE, 0x7B, 0]), 0, "it is UTF-16, write it as UTF-8"),
            ("list.json", Data(#"{"Records":[1,\#(record)]}"#.utf8), 1, "#1: it is no JSON object"),
        ]
        var records = 0
        for file in files {
            try FileManager.default.createDirectory(
                atPath: path("odd"),
                withIntermediateDirectories: true
            )
            try file.bytes.write(to: URL(filePath: path("odd/\(file.name)")))
            records += file.records
            let run = replay(question + [path("odd/\(file.name)")])
            let output = Self.unwrapped(run.output)
            #expect(output.hasPrefix("\(file.records) record"), "\(file.name): \(output)")
            let isTold = output.contains("Incomplete, ")
            #expect(isTold == (file.told != nil), "\(file.name): \(output)")
            if let told = file.told { #expect(output.contains(told), "\(file.name): \(output)") }
        }
        try folder.link("odd/nowhere.json", to: path("nothing"))
        try folder.link("odd/around.json", to: folder.path)
        let digests = path("odd/CloudTrail-Digest")
        try FileManager.default.createDirectory(
            atPath: digests,
            withIntermediateDirectories: false
        )
        try Data("{}".utf8).write(to: URL(filePath: digests + "/d.json"))
        mkfifo(path("odd/pipe.json"), 0o600)
        try Data(Self.log(4).utf8).write(to: URL(filePath: path("odd/firehose-1-2026")))
        try self.packed(Self.log(5)).write(to: URL(filePath: path("odd/UP.JSON.GZ")))
        try Data("account,calls\n".utf8).write(to: URL(filePath: path("odd/counts.csv")))
        try self.packed("notes").write(to: URL(filePath: path("odd/notes.tgz")))
        records += 9
        let run = replay(question + [path("odd")])
        let output = Self.unwrapped(run.output)
        #expect(output.hasPrefix("\(records) records of \(files.count + 3) files"), "\(output)")
        #expect(output.contains("2 files of other endings hold no JSON, passed over"))
        #expect(output.contains("odd/nowhere.json: No such file or directory"))
        #expect(output.contains("odd/pipe.json: it is not a file"))
        #expect(!output.contains("Digest") && !output.contains("around"))
        #expect(run.exitCode == .invalidInput)
    }

    private func packed(_ text: String) throws -> Data {
        try write("logs/packed.json", text)
        try gzip("logs/packed.json")
        defer { try? FileManager.default.removeItem(atPath: path("logs/packed.json.gz")) }
        return try Data(contentsOf: URL(filePath: path("logs/packed.json.gz")))
    }

    @Test("a line of a hundred megabytes takes little memory, and what follows is replayed")
    func longLine() throws {
        let file = path("logs/long.ndjson")
        #expect(FileManager.default.createFile(atPath: file, contents: nil))
        let handle = try FileHandle(forWritingTo: URL(filePath: file))
        try handle.write(contentsOf: Data((Self.record() + "\n{\"a\": \"").utf8))
        let piece = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
        for _ in 0..<100 { try handle.write(contentsOf: piece) }
        try handle.write(contentsOf: Data(("\"}\n" + Self.record() + "\n").utf8))
        try handle.close()
        let run = replay(question + [file])
        #expect(run.output.hasPrefix("2 records of 1 file"))
        #expect(Self.unwrapped(run.output).contains("#2: it is longer than 1048576 bytes"))
    }

    @Test("a folder is walked through in one order, however few names are held at once")
    func walking() throws {
        var expected: [String] = []
        for place in ["w", "w/a", "w/b", "w/b/c"] {
            try FileManager.default.createDirectory(
                atPath: path(place),
                withIntermediateDirectories: true
            )
            for number in 0..<23 {
                let file = "\(place)/\(number * 7 % 23).json"
                try write(file, "")
                expected.append(path(file))
            }
            try write("\(place)/.hidden.json", "")
            try write("\(place)/notes.txt", "")
        }
        for size in [1, 2, 5, 11, 23, 24, 1_000] {
            var walk = FolderWalk(path("w"), endingIn: [".json"], batchSize: size)
            var found: [String] = []
            while case .file(let file)? = walk.next() { found.append(file) }
            #expect(found.sorted() == expected.sorted(), "\(size)")
            // Files of a folder before its folders, each in order of their names.
            let depths = found.map { $0.split(separator: "/").dropLast().joined(separator: "/") }
            #expect(depths == depths.sorted(), "\(size)")
            for folder in Set(depths) {
                let names = zip(depths, found).filter { $0.0 == folder }.map(\.1)
                #expect(names == names.sorted(), "\(size)")
            }
        }
        var none = FolderWalk(path("nothing"), endingIn: [".json"])
        guard case .problem(let name, _)? = none.next() else {
            Issue.record("a folder that is not there is passed over")
            return
        }
        #expect(name == path("nothing"))
        #expect(none.next() == nil)
    }

    @Test("a list of paths is read line by line, and what it names is replayed")
    func lists() throws {
        try write("logs/a.json", Self.log(2))
        try write("logs/b.json", Self.log(3))
        let lines = [path("logs"), "", path("logs/a.json"), path("none.json"), "-"]
        try write("list.txt", lines.joined(separator: "\r\n"))
        let run = replay(question + ["--files-from", path("list.txt")], input: Self.log(50))
        let output = Self.unwrapped(run.output)
        #expect(output.hasPrefix("7 records of 5 files"), "\(output)")
        #expect(output.contains("none.json: No such file or directory"))
        #expect(output.contains("./-: No such file or directory"))
        let list = lines[0] + "\n" + lines[2] + "\n"
        let small = orgsim(["replay"] + question + ["--files-from", "-"], input: list, pieces: 3)
        #expect(small.output.hasPrefix("7 records of 3 files"))
        #expect(small.exitCode == .success)
        let long = replay(
            question + ["--files-from", "-"],
            input: String(repeating: "x", count: 200_000)
        )
        #expect(Self.unwrapped(long.output).contains("-: a line of the list is longer than 65536 "))
        #expect(long.exitCode == .invalidInput)
        let none = replay(question + ["--files-from", path("none.txt")])
        #expect(none.errors.contains("none.txt': No such file or directory"))
        #expect(none.exitCode == .invalidInput && none.output.isEmpty)
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
        #expect(refused.errors.contains("it answers another question than the first"))
        // The same names with something else in them.
        let changed = Self.regions.replacing("eu-west-1", with: "eu-west-2")
        let before = Self.regions
        try write("regions.json", changed)
        try write("changed.json", replay(question + ["--format", "json", files[0]]).output)
        try write("regions.json", before)
        let stale = replay(["--merge", parts[0], path("changed.json")])
        #expect(stale.exitCode == .invalidInput && stale.errors.contains("of other files"))
        let nothing = path("nothing-here")
        try FileManager.default.createDirectory(
            atPath: nothing,
            withIntermediateDirectories: false
        )
        #expect(replay(["--merge", nothing]).errors.contains("there is no answer in it"))
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
