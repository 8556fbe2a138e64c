import CommandLineTool
import Foundation
import JSONSource
import Testing

// Lists that are not as AWS prints them, and people that the export does not hold.
extension ImportFidelityTests {
    private static let store = "identity-center/ssoins-0123456789abcdef/identitystore"
    private static let secret =
        "arn:aws:secretsmanager:eu-west-1:222222222222:secret:orders-AbCdEf"
    private static let logGroup = "arn:aws:logs:eu-west-1:222222222222:log-group:g:log-stream:s"

    private static func secrets(_ text: String, says: String) -> Damage {
        Damage(
            "a list of secrets that is none: \(text)",
            ["\(region)/secretsmanager/list-secrets.json": text],
            says: says,
            [
                Question(
                    "shop:role/Admin",
                    "secretsmanager:GetSecretValue",
                    on: secret,
                    "allowed",
                    "undetermined"
                ),
                Question(
                    "shop:role/Admin",
                    "organizations:LeaveOrganization",
                    "explicitDeny",
                    "explicitDeny"
                ),
            ]
        )
    }

    private static func tags(_ text: String, says: String) -> Damage {
        Damage(
            "tags that are not understood: \(text)",
            ["\(shop)/s3/shop-data/get-bucket-tagging.json": text],
            says: says,
            [
                Question(
                    "shop:role/ByTag",
                    "s3:ListBucket",
                    on: "arn:aws:s3:::shop-data",
                    "allowed",
                    "undetermined"
                ),
                Question(
                    "shop:role/Admin",
                    "s3:DeleteBucket",
                    on: "arn:aws:s3:::shop-data",
                    "explicitDeny",
                    "explicitDeny"
                ),
            ]
        )
    }

    @Test(
        "of a list that is not understood as a whole nothing is certain",
        arguments: [
            secrets(#"{"SecretList": 5}"#, says: "'SecretList' is a number, not a list"),
            secrets(#"{"SecretList": null}"#, says: "'SecretList' is null, not a list"),
            secrets(#"{"Foo": []}"#, says: "this entry names nothing"),
            secrets(#"{"SecretList": [{"Name": "orders"}]}"#, says: "this entry names nothing"),
            tags(#"{"TagSet": {"class": "open"}}"#, says: "'TagSet' is an object, not a list"),
            tags(#"{"TagSet": [{"Key": "class"}]}"#, says: "this is no tag, so verdicts may hang"),
            tags(#"{"TagSet": [{"Key": "", "Value": "x"}]}"#, says: "this is no tag"),
            tags(#"{"TagSet": null}"#, says: "'TagSet' is null, not a list"),
            Damage(
                "a page of the policies of log groups",
                [
                    "\(region)/logs/describe-resource-policies.json":
                        #"{"resourcePolicies": [{"policyName": "p", "policyDocument": \#(quoted(policy(#"{"Effect": "Allow", "Principal": {"Service": "es.amazonaws.com"}, "Action": "logs:PutLogEvents", "Resource": "*"}"#)))}], "nextToken": "abc"}"#
                ],
                says: "this is one page of several",
                [
                    Question(
                        "shop:role/Admin",
                        "logs:PutLogEvents",
                        on: logGroup,
                        "allowed",
                        "undetermined"
                    )
                ]
            ),
            Damage(
                "a policy that is there although its call failed",
                [:],
                errors: ["\(shop)/s3/shop-data/get-bucket-policy.json\tAccessDenied\taws s3api g"],
                says: "its file is there all the same, so the file is passed over",
                [
                    Question(
                        "shop:role/Admin",
                        "s3:GetObject",
                        on: bucket,
                        "allowed",
                        "undetermined"
                    )
                ]
            ),
            Damage(
                "a policy that is there although AWS said that there is none",
                [:],
                errors: ["\(shop)/s3/shop-data/get-bucket-policy.json\tNoSuchBucketPolicy\taws g"],
                says: "its file is there all the same, so the file is passed over",
                [
                    Question(
                        "shop:role/Admin",
                        "s3:GetObject",
                        on: bucket,
                        "allowed",
                        "undetermined"
                    )
                ]
            ),
        ]
    )
    func lists(_ damage: Damage) throws { try damaged(damage) }

    @Test(
        "policies of an entity in a list that is not understood may say anything",
        arguments: [
            (#""AttachedManagedPolicies": []"#, #""AttachedManagedPolicies": 5"#, "is a number"),
            (#""AttachedManagedPolicies": []"#, #""AttachedManagedPolicies": null"#, "is null"),
            (#""RolePolicyList": []"#, #""RolePolicyList": 5"#, "is a number, not a list"),
            (#""RolePolicyList": []"#, #""RolePolicyList": ["x"]"#, "names nothing"),
            (#""RolePolicyList": []"#, #""RolePolicyList": {"p": {}}"#, "is an object"),
        ]
    )
    func entityLists(_ list: String, _ odd: String, _ says: String) throws {
        let text = Self.files[Self.details]?.replacing(list, with: odd)
        let damage = Damage(
            "lists",
            [Self.details: text],
            says: says,
            [
                Question(
                    "shop:role/None",
                    "ec2:DescribeInstances",
                    "implicitDeny",
                    "undetermined"
                ),
                Question(
                    "shop:role/None",
                    "organizations:LeaveOrganization",
                    "explicitDeny",
                    "explicitDeny"
                ),
            ]
        )
        try damaged(damage)
    }

    @Test(
        "a type of control policies is on unless its status says otherwise",
        arguments: [
            (#"[{"Type": "SERVICE_CONTROL_POLICY"}]"#, "explicitDeny", "so it is taken to be"),
            (#"[{"Status": "ENABLED"}]"#, "explicitDeny", "this names no policy type"),
            (#"[{"Type": "SERVICE_CONTROL_POLICY", "Status": "PENDING_DISABLE"}]"#, "allowed", ""),
        ]
    )
    func policyTypes(_ types: String, _ decision: String, _ says: String) throws {
        let roots = #"{"Roots": [{"Id": "r-ex01", "PolicyTypes": \#(types)}]}"#
        let question = Question(
            "shop:role/Admin",
            "organizations:LeaveOrganization",
            "explicitDeny",
            decision
        )
        try damaged(
            Damage("types", ["organizations/list-roots.json": roots], says: says, [question])
        )
    }

    @Test(
        "of roles of people that the export does not hold nobody can tell who comes in",
        arguments: [
            ("list-users.json", String?.none, "list-users.json is not in the export"),
            ("list-users.json", #"{"Users": null}"#, "'Users' is null, not a list"),
            ("list-users.json", #"{"Users": []}"#, "does not hold the user u-1"),
        ]
    )
    func people(_ file: String, _ text: String?, _ reason: String) throws {
        var files = Self.files
        files["\(Self.store)/\(file)"] = text
        files["errors.tsv"] = Self.absences.map { $0 + "\n" }.joined()
        let folder = try TemporaryFolder(
            Dictionary(uniqueKeysWithValues: files.map { ("export/\($0.key)", $0.value) })
        )
        let run = importing(["import", "aws", folder["export"], "--to", folder["out"]])
        #expect(run.exitCode == .success, "\(run.errors)")
        #expect(run.output.contains("does not hold the user 'u-1'"), "\(run.output)")
        let written = try String(
            contentsOfFile: folder["out/identity-center.json"],
            encoding: .utf8
        )
        #expect(written.contains("missingAssignments") && written.contains(reason), "\(written)")
        let words = [
            "who-can", "--organization", folder["out/organization.json"], "--action",
            "s3:ListAllMyBuckets", "--resource", "*",
        ]
        let told = orgsim(words).output
        #expect(told.contains("it cannot be told of 1 principal, as policies or assign"), "\(told)")
        let json = try orgsim(words + ["--format", "json"]).json()
        let open = json["undetermined"]?.elements?.compactMap(\.string)
        #expect(open == ["sso:Reader@shop"])
        let known = json["principals"]?.elements?.compactMap { $0["principal"]?.string } ?? []
        #expect(known.contains("shop:role/Admin") && !known.contains("sso:Reader@shop"))
    }

    @Test(
        "roles of Identity Center keep the ids that AWS gave them, which locks name",
        arguments: [("AROARESERVED00000000", "explicitDeny"), ("AROAANOTHER000000000", "allowed")]
    )
    func roleIDs(_ id: String, _ decision: String) throws {
        let lock = Self.policy(
            #"{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::shop-data/*", "Condition": {"StringLike": {"aws:userid": "\#(id):*"}}}"#
        )
        let policy = #"{"Policy": \#(Self.quoted(lock))}"#
        let question = Question(
            "sso:ann/Reader@shop",
            "s3:GetObject",
            on: Self.bucket,
            "allowed",
            decision
        )
        let path = "\(Self.shop)/s3/shop-data/get-bucket-policy.json"
        try damaged(Damage("a lock", [path: policy], says: "", [question]))
    }

    @Test("a member of a group whom the export does not hold leaves open who comes in")
    func members() throws {
        var files = Self.files
        files["\(Self.store)/list-groups.json"] =
            #"{"Groups": [{"GroupId": "g-1", "DisplayName": "team"}]}"#
        files["\(Self.store)/list-group-memberships/g-1.json"] =
            #"{"GroupMemberships": [{"GroupId": "g-1", "MemberId": {"UserId": "u-2"}}]}"#
        let assignments = "list-account-assignments-for-principal/GROUP/g-1.json"
        files[Self.store.replacing("identitystore", with: assignments)] =
            #"{"AccountAssignments": []}"#
        files["errors.tsv"] = Self.absences.map { $0 + "\n" }.joined()
        let folder = try TemporaryFolder(
            Dictionary(uniqueKeysWithValues: files.map { ("export/\($0.key)", $0.value) })
        )
        let run = importing(["import", "aws", folder["export"], "--to", folder["out"]])
        #expect(run.output.contains("does not hold the user 'u-2'"), "\(run.output)")
        let written = try String(
            contentsOfFile: folder["out/identity-center.json"],
            encoding: .utf8
        )
        #expect(written.contains("the export does not hold the user u-2"), "\(written)")
    }
}
