import Foundation
import History
import Importing
import JSONSource
import Testing

/// The records and the exported organization that lie beside the checkout.
@Suite(.enabled(if: SharedInputs.areThere)) struct SharedRecordsTests {
    private static let files = [
        "org-events", "invictus-denied", "invictus-other", "stratus-denied", "stratus-other",
    ]

    /// The shared export as one organization file.
    static func organization() throws -> String {
        let folder = SharedInputs.folder.appending(path: "org-export")
        let below = FileManager.default.enumerator(atPath: folder.path())
        let paths = (below?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".json") }
        let reader = FileReader { path in
            let place = SharedInputs.folder.appending(path: path).path()
            return FileManager.default.contents(atPath: place).map { .success([UInt8]($0)) }
                ?? .failure(.notFound)
        }
        let export = ExportFolder(
            "org-export",
            files: paths.sorted().map { "org-export/\($0)" },
            reader: reader
        )
        let imported = AWSExport.organization(in: export, sources: SourceMap())
        return JSONOutput(try #require(imported.value)).pretty
    }

    @Test("every record says the same, read as a whole or for what matters of it")
    func reduced() throws {
        let organization = try Self.organization()
        let world = try ReplayedWorld(organization)
        let careful = try ReplayedWorld(organization, asksForAll: true)
        for file in Self.files {
            let text = try SharedInputs.text("cloudtrail/\(file).json")
            // An escape in a name sends a record to the careful reader.
            let unusual = text.replacing("\"eventVersion\"", with: #""event\u0056ersion""#)
            let summary = world.replay(text)
            #expect(summary.records.count > 0)
            #expect(summary == world.replay(unusual))
            #expect(summary == careful.replay(text))
            #expect(summary == world.replay(text, pieces: 1_000))
        }
    }

    /// What the records about the export come out as that are not simply reproduced, by number.
    private static let special: [Int: (Reproduction, why: String)] = [
        27: (.consistent, "which stages the secret's version has (secretsmanager:VersionStage)"),
        32: (.consistent, "what the policies of the caller's account say, which is in no file"),
        54: (.consistent, "for whom the service wrote (aws:SourceOrgID), and whether by TLS"),
        56: (.consistent, "whether the anonymous call came by TLS"),
        60: (
            .contradicted,
            "the account lets users change their own passwords without a policy (ENT-12)"
        ),
        67: (.consistent, "tags of an Identity Center session (IDC-11)"),
        69: (.notModelled, "which object was written: the record has no parameters"),
        71: (.notModelled, "IAM knows no action for the calls of the access portal"),
    ]

    @Test("each record about the export comes out as AWS says, with the denying policy type")
    func orgEvents() throws {
        let world = try ReplayedWorld(try Self.organization())
        let text = try SharedInputs.text("cloudtrail/org-events.json")
        let records = Cutting.records(text)
        #expect(records.count == 71)
        var counts: [Reproduction: Int] = [:]
        for (index, record) in records.enumerated() {
            let summary = world.replay(record)
            let found = Reproduction.allCases.first { summary.count($0) == 1 }
            let (expected, why) = Self.special[index + 1] ?? (.reproduced, "")
            #expect(found == expected, "record \(index + 1) \(why)")
            if let found { counts[found, default: 0] += 1 }
        }
        #expect(counts == [.reproduced: 63, .consistent: 5, .contradicted: 1, .notModelled: 2])
        // The whole file counts the same.
        let summary = world.replay(text)
        for one in Reproduction.allCases { #expect(summary.count(one) == counts[one] ?? 0) }
    }

    /// What becomes of records of other organizations: their accounts are in no file, and what they
    /// do among themselves is not asked.
    private static let others: [String: [Reproduction: Int]] = [
        "invictus-denied": [.notModelled: 30],
        "invictus-other": [.notModelled: 150],
        "stratus-denied": [.notModelled: 10],
        "stratus-other": [.notModelled: 53],
    ]

    @Test("records of other organizations are counted as what they are", arguments: others.keys)
    func otherFiles(name: String) throws {
        let world = try ReplayedWorld(try Self.organization())
        let summary = world.replay(try SharedInputs.text("cloudtrail/\(name).json"))
        for one in Reproduction.allCases {
            #expect(summary.count(one) == Self.others[name]?[one] ?? 0, "\(one)")
        }
        #expect(summary.badRecordCount == 0)
    }
}
