import JSONSource
import Testing

/// Quotas of entities and resources, each at its limit (taken) and one beyond (refused).
@Suite("Quotas")
struct QuotaTests {
    private func codes(_ organization: String) throws -> [String] {
        try parse(organization).diagnostics.filter { $0.severity == .error }.map(\.code)
    }

    private func codes(iam: String = "{}", resources: String = "{}") throws -> [String] {
        try codes(
            #"""
            {"externalAccounts": {"app": {
              "id": "111122223333", "iam": \#(iam), "resources": \#(resources)}}}
            """#
        )
    }

    /// A role whose tags are written as given.
    private func codes(tags: [(key: String, value: String)]) throws -> [String] {
        let members = tags.map { #""\#($0.key)": "\#($0.value)""# }.joined(separator: ", ")
        return try codes(
            iam: #"{"roles": {"R": {"trustPolicy": \#(Text.trust), "tags": {\#(members)}}}}"#
        )
    }

    @Test("STS-11: 50 tags, keys of 1 to 128 characters, values of up to 256")
    func tags() throws {
        let fifty = (1...50).map { (key: "k\($0)", value: "v") }
        #expect(try codes(tags: fifty) == [])
        #expect(try codes(tags: fifty + [(key: "k51", value: "v")]) == ["quota.tags"])
        let longest = (
            key: String(repeating: "é", count: 128), value: String(repeating: "é", count: 256)
        )
        #expect(try codes(tags: [longest]) == [])
        #expect(try codes(tags: [(key: longest.key + "k", value: "")]) == ["quota.tag-length"])
        #expect(try codes(tags: [(key: "", value: "")]) == ["quota.tag-length"])
        #expect(try codes(tags: [(key: "k", value: longest.value + "v")]) == ["quota.tag-length"])
    }

    @Test(
        "KMS-9: a bucket policy has up to 20,480 characters, a key policy 32,768",
        arguments: [
            ("arn:aws:s3:::data", "s3:*", 20_480),
            (
                "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "kms:*", 32_768
            ),
        ]
    )
    func resourcePolicies(_ arn: String, _ action: String, _ limit: Int) throws {
        func document(_ filler: Int) -> String {
            let statement =
                #"{"Effect":"Allow","Principal":"*","Action":"\#(action)","Resource":"*"}"#
            let id = String(repeating: "x", count: filler)
            return #"{"Version":"2012-10-17","Id":"\#(id)","Statement":\#(statement)}"#
        }
        let filler = limit - document(0).count
        for (extra, expected) in [(0, []), (1, ["quota.policy-size"])] {
            let resources = #"{"\#(arn)": {"policy": \#(document(filler + extra))}}"#
            #expect(try codes(resources: resources) == expected)
        }
    }

    @Test(
        "IDC-10: a permission set's inline policy has up to 10,240 characters without white space"
    )
    func inlinePolicy() throws {
        func document(_ filler: Int) -> String {
            let name = String(repeating: "x", count: filler)
            let statement =
                #"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::\#(name)"}"#
            return #"{"Version":"2012-10-17","Statement":\#(statement)}"#
        }
        let filler = 10_240 - document(0).count
        #expect(try codes(permissionSet: #""inlinePolicy": \#(document(filler))"#) == [])
        let beyond = document(filler + 1)
        #expect(try codes(permissionSet: #""inlinePolicy": \#(beyond)"#) == ["quota.policy-size"])
    }

    @Test("IDC-10: a permission set has up to 25 managed policies, AWS's and customers' together")
    func managedPolicies() throws {
        func fields(_ count: Int) -> String {
            let names = (1...count).map { #"{"name": "P\#($0)", "path": "/"}"# }
            return #""managedPolicies": ["arn:aws:iam::aws:policy/ReadOnlyAccess"], "#
                + #""customerManagedPolicies": [\#(names.joined(separator: ", "))]"#
        }
        #expect(try codes(permissionSet: fields(24)) == [])
        #expect(try codes(permissionSet: fields(25)) == ["quota.attachments"])
    }

    private func codes(permissionSet fields: String) throws -> [String] {
        try codes(
            #"""
            {"organization": {"managementAccount": "main"},
             "root": {"accounts": {"main": {"id": "100000000001"}}},
             "identityCenter": {"permissionSets": {"Set": {\#(fields)}}}}
            """#
        )
    }
}
