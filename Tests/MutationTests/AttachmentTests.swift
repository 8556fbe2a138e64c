import Authorization
import JSONSource
import Mutation
import Testing

/// What faults do to where policies are attached.
@Suite("Faults in attachments")
struct AttachmentTests {
    private static let deny = #"{"Sid": "S", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#

    private func attached(_ file: JSONValue, _ path: String...) -> [String]? {
        file.value(at: path + ["serviceControlPolicies"])?.elements?.compactMap(\.string)
    }

    @Test("a policy is detached from one place and left elsewhere")
    func detached() throws {
        let world = try MutationWorld(scp: Self.deny, steps: "")
        let file = try world.file("detaches 'G' from 'Root'")
        #expect(attached(file, "root") == ["FullAWSAccess"])
        #expect(attached(file, "root", "organizationalUnits", "Prod") == nil)
    }

    @Test("one unit down: to all that is right below but one, beside what is there already")
    func movedDown() throws {
        let world = try MutationWorld(scp: Self.deny, steps: "")
        let file = try world.file("all that is right below 'Root' but 'Prod'")
        #expect(attached(file, "root") == ["FullAWSAccess"])
        #expect(attached(file, "root", "organizationalUnits", "Prod") == nil)
        // What is left out means what AWS attaches to something new.
        #expect(attached(file, "root", "organizationalUnits", "Empty") == ["FullAWSAccess", "G"])
        #expect(attached(file, "root", "accounts", "management") == ["FullAWSAccess", "G"])
    }

    @Test("what AWS attaches of its own is left alone")
    func ownPolicies() throws {
        let world = try MutationWorld(scp: Self.deny, steps: "")
        #expect(!world.plan.mutants.contains { $0.sentence.contains("FullAWSAccess") })
    }

    @Test("a boundary is taken from its role, and who is not bounded then is noticed")
    func boundary() throws {
        let organization = MutationWorld.organization(scp: Self.deny).replacing(
            #""iam": { "#,
            with:
                #""iam": { "managedPolicies": {"B": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}}, "#
        ).replacing(#""Dev": { "#, with: #""Dev": { "permissionsBoundary": "B", "#)
        let step =
            #"{"principal": "app:role/Dev", "action": "ec2:DescribeInstances", "expect": "denied"}"#
        let world = try MutationWorld([
            "org.json": organization,
            "s.json": #"{"scenario": "S", "organization": "org.json", "steps": [\#(step)]}"#,
        ])
        let found = world.result().policies.first { $0.type == .permissionsBoundary }?.mutants
            .first { $0.mutant.kind == .detachPolicy }
        #expect(found?.mutant.sentence == "takes the permissions boundary from 'app:role/Dev'")
        #expect(found?.fate.told == "killed by step 0")
    }
}
