import ServiceCatalog
import Testing

/// The table of global condition keys, held against the IAM User Guide and the catalog.
@Suite struct GlobalConditionKeysTests {
    struct KeyCase: Sendable, CustomTestStringConvertible {
        let key: String
        let name: String
        let type: CatalogConditionKey.ValueType
        var isMultivalued = false
        var testDescription: String { key }
    }

    @Test(
        "a global key is found in any case, with its type, and one value or several (COND-13)",
        arguments: [
            KeyCase(key: "aws:principalarn", name: "aws:PrincipalArn", type: .arn),
            KeyCase(key: "AWS:SourceIP", name: "aws:SourceIp", type: .ipAddress),
            KeyCase(key: "aws:UserId", name: "aws:userid", type: .string),
            KeyCase(key: "aws:Referer", name: "aws:referer", type: .string),
            KeyCase(
                key: "aws:PrincipalTag/Cost/Center",
                name: "aws:PrincipalTag/${TagKey}",
                type: .string
            ),
            KeyCase(key: "aws:requesttag/a", name: "aws:RequestTag/${TagKey}", type: .string),
            KeyCase(
                key: "aws:PrincipalOrgPaths",
                name: "aws:PrincipalOrgPaths",
                type: .string,
                isMultivalued: true
            ),
            KeyCase(
                key: "aws:CalledVia",
                name: "aws:CalledVia",
                type: .string,
                isMultivalued: true
            ),
            KeyCase(key: "aws:CalledViaFirst", name: "aws:CalledViaFirst", type: .string),
            KeyCase(key: "aws:MultiFactorAuthAge", name: "aws:MultiFactorAuthAge", type: .numeric),
            KeyCase(key: "aws:TokenIssueTime", name: "aws:TokenIssueTime", type: .date),
            KeyCase(key: "aws:AssumedRoot", name: "aws:AssumedRoot", type: .bool),
            KeyCase(key: "aws:SourceVpcArn", name: "aws:SourceVpcArn", type: .arn),
            KeyCase(key: "aws:ViaAWSMCPService", name: "aws:ViaAWSMCPService", type: .bool),
            KeyCase(key: "ec2:sourceInstanceARN", name: "ec2:SourceInstanceArn", type: .arn),
            KeyCase(key: "aws:CalledViaAWSMCP", name: "aws:CalledViaAWSMCP", type: .string),
        ]
    )
    func keys(row: KeyCase) throws {
        let key = try #require(GlobalConditionKeys.key(row.key))
        #expect(key.name == row.name)
        #expect(key.type == row.type)
        #expect(key.isMultivalued == row.isMultivalued)
    }

    @Test("what is no global key is not found")
    func unknownKeys() {
        for name in ["aws:PrincipalTags", "aws:PrincipalTag", "aws:PrincipalTag/", "s3:prefix", ""]
        {
            #expect(GlobalConditionKeys.key(name) == nil, "\(name)")
        }
    }

    @Test("every key of the page is there, once")
    func all() {
        let names = GlobalConditionKeys.all.map(\.name)
        #expect(names.count == 64)
        #expect(Set(names.map { $0.lowercased() }).count == names.count)
        #expect(names.allSatisfy { GlobalConditionKeys.key($0)?.name == $0 })
        let sets = GlobalConditionKeys.all.filter(\.isMultivalued).map(\.name).sorted()
        #expect(
            sets == [
                "aws:CalledVia", "aws:PrincipalOrgPaths", "aws:PrincipalServiceNamesList",
                "aws:ResourceOrgPaths", "aws:SourceOrgPaths", "aws:TagKeys", "aws:VpceOrgPaths",
            ]
        )
    }

    @Test("the Service Authorization Reference types global keys no other way")
    func agreesWithTheCatalog() {
        var found: Set<String> = []
        for key in ServiceCatalog.services.flatMap(\.conditionKeys)
        where key.name.lowercased().hasPrefix("aws:") {
            if let global = GlobalConditionKeys.key(key.name) {
                #expect(global.type == key.type && global.isMultivalued == key.isMultivalued)
            } else {
                found.insert(key.name)
            }
        }
        #expect(found == [])
    }

    @Test("ten keys are sensitive (KEY-1)")
    func sensitiveKeys() {
        let sensitive = GlobalConditionKeys.all.map(\.name).filter(GlobalConditionKeys.isSensitive)
        #expect(
            sensitive.sorted() == [
                "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:ResourceAccount",
                "aws:ResourceOrgID", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceVpc",
                "aws:SourceVpce", "aws:VpceAccount", "aws:VpceOrgID",
            ]
        )
        #expect(GlobalConditionKeys.isSensitive("AWS:principalORGid"))
        #expect(!GlobalConditionKeys.isSensitive("aws:PrincipalArn"))
    }
}
