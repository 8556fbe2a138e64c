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

    @Test("the records about the export come out as AWS says, as far as they tell")
    func orgEvents() throws {
        let world = try ReplayedWorld(try Self.organization())
        let summary = world.replay(try SharedInputs.text("cloudtrail/org-events.json"))
        #expect(summary.records.count == 71)
        // The account lets every user change his own password, also without a policy (ENT-12): the
        // record, which was made up, says otherwise.
        let differing = summary.disagreements.settled.groups.map { $0.key.action }
        #expect(differing == ["iam:ChangePassword"])
        #expect(summary.count(.contradicted) == 1)
        #expect(summary.count(.otherReason) == 0)
        // An operation without an action, callers and resources that the records do not name.
        let events = summary.unmodelled.settled.groups.map { "\($0.key.event) \($0.tally.count)" }
        #expect(
            events == [
                "ec2.amazonaws.com:RunInstances 1",
                "organizations.amazonaws.com:DetachPolicy 1", "s3.amazonaws.com:PutObject 1",
                "sso.amazonaws.com:ListAccountRoles 1", "sts.amazonaws.com:AssumeRole 1",
                "sts.amazonaws.com:AssumeRole 1", "sts.amazonaws.com:AssumeRole 1",
                "sts.amazonaws.com:AssumeRoleWithWebIdentity 2",
            ]
        )
        #expect(summary.count(.notModelled) == 9)
        #expect(summary.count(.reproduced) == 45)
        #expect(summary.count(.consistent) == 16)
    }
}
