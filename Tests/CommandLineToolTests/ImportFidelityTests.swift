import CommandLineTool
import Foundation
import JSONSource
import Testing

/// What an export cannot tell is undetermined, and what holds all the same is told.
@Suite struct ImportFidelityTests {
    /// What happened to an export, and what is asked of what is left.
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Files gone, or with other texts.
        let changes: [String: String?]
        /// Lines of `errors.tsv`.
        var errors: [String] = []
        let questions: [Question]
        /// What the summary says among other things.
        let says: String

        init(
            _ name: String,
            _ changes: [String: String?],
            errors: [String] = [],
            says: String,
            _ questions: [Question]
        ) {
            testDescription = name
            self.changes = changes
            self.errors = errors
            self.questions = questions
            self.says = says
        }
    }

    struct Question: Sendable {
        let principal: String
        let action: String
        let resource: String
        let whole: String
        let damaged: String

        init(
            _ principal: String,
            _ action: String,
            on resource: String = "*",
            _ whole: String,
            _ damaged: String
        ) {
            self.principal = principal
            self.action = action
            self.resource = resource
            self.whole = whole
            self.damaged = damaged
        }

        var line: String {
            #"{"principal": "\#(principal)", "action": "\#(action)", "resource": "\#(resource)"}"#
        }
    }

    static let shop = "accounts/222222222222"
    static let region = "\(shop)/eu-west-1"
    static let bucket = "arn:aws:s3:::shop-data/k"
    static let queue = "arn:aws:sqs:eu-west-1:222222222222:jobs"
    static let key = "arn:aws:kms:eu-west-1:222222222222:key/k1"
    static let details = "\(shop)/iam/get-account-authorization-details.json"
    /// Denied by the SCP of the unit whatever else is not known.
    private static func guarded(_ action: String = "organizations:LeaveOrganization") -> Question {
        Question("shop:role/Admin", action, "explicitDeny", "explicitDeny")
    }

    @Test("the export is whole as long as nothing happens to it")
    func whole() throws {
        let run = try imported(Damage("nothing", [:], says: "", []))
        #expect(run.summary.contains("missing: nothing that is known of"), "\(run.summary)")
    }

    @Test(
        "what the export cannot tell is undetermined, what holds all the same is told",
        arguments: [
            Damage(
                "a bucket policy without file and line",
                ["\(shop)/s3/shop-data/get-bucket-policy.json": nil],
                says: "get-bucket-policy.json'",
                [
                    Question(
                        "shop:role/Admin",
                        "s3:GetObject",
                        on: bucket,
                        "allowed",
                        "undetermined"
                    ),
                    Question(
                        "management:role/Admin",
                        "s3:GetObject",
                        on: bucket,
                        "implicitDeny",
                        "undetermined"
                    ),
                    Question(
                        "shop:role/None",
                        "sqs:SendMessage",
                        on: queue,
                        "implicitDeny",
                        "implicitDeny"
                    ), guarded(),
                ]
            ),
            Damage(
                "a bucket policy that is cut off",
                ["\(shop)/s3/shop-data/get-bucket-policy.json": #"{"Policy": "{\"Vers"#],
                says: "get-bucket-policy.json:1",
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
                "a bucket policy of no bytes",
                ["\(shop)/s3/shop-data/get-bucket-policy.json": ""],
                says: "",
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
                "a policy that is not JSON",
                ["\(shop)/s3/shop-data/get-bucket-policy.json": #"{"Policy": "nonsense"}"#],
                says: "get-bucket-policy.json:1:13",
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
                "a policy that AWS would refuse",
                [
                    "\(shop)/s3/shop-data/get-bucket-policy.json":
                        #"{"Policy": "{\"Version\": \"2030-01-01\", \"Statement\": []}"}"#
                ],
                says: "so verdicts may hang on what this policy says",
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
                "queues nobody was allowed to list",
                ["\(region)/sqs/list-queues.json": nil],
                errors: ["\(region)/sqs/list-queues.json\tAccessDenied\taws sqs list-queues"],
                says: "'aws sqs list-queues' failed (AccessDenied)",
                [
                    Question(
                        "shop:role/Admin",
                        "sqs:SendMessage",
                        on: "\(queue)-2",
                        "allowed",
                        "undetermined"
                    ),
                    Question(
                        "management:role/Admin",
                        "sqs:SendMessage",
                        on: "\(queue)-2",
                        "implicitDeny",
                        "undetermined"
                    ),
                    // One that another call told of is known all the same.
                    Question("shop:role/Admin", "sqs:SendMessage", on: queue, "allowed", "allowed"),
                ]
            ),
            Damage(
                "a page of keys",
                [
                    "\(region)/kms/list-keys.json":
                        #"{"Keys": [{"KeyId": "k1", "KeyArn": "\#(key)"}], "NextToken": "x"}"#
                ],
                says: "this is one page of several",
                [
                    Question(
                        "shop:role/Admin",
                        "kms:Decrypt",
                        on: "\(key)2",
                        "allowed",
                        "undetermined"
                    ),
                    Question("shop:role/Admin", "kms:Decrypt", on: key, "allowed", "allowed"),
                ]
            ),
            Damage(
                "grants of a key",
                ["\(region)/kms/k1/list-grants.json": nil],
                errors: ["\(region)/kms/k1/list-grants.json\tAccessDenied\taws kms list-grants"],
                says: "'aws kms list-grants' failed",
                [
                    Question(
                        "shop:role/None",
                        "kms:Decrypt",
                        on: key,
                        "implicitDeny",
                        "undetermined"
                    ),
                    Question("shop:role/Admin", "kms:Decrypt", on: key, "allowed", "allowed"),
                ]
            ),
            Damage(
                "Block Public Access of the account",
                ["\(shop)/s3/get-public-access-block.account.json": nil],
                errors: [
                    "\(shop)/s3/get-public-access-block.account.json\tAccessDenied\taws s3control x"
                ],
                says: "'aws s3control x' failed",
                [
                    Question(
                        "management:role/Admin",
                        "s3:GetObject",
                        on: "arn:aws:s3:::public-data/k",
                        "allowed",
                        "undetermined"
                    ),
                    Question(
                        "shop:role/Admin",
                        "s3:GetObject",
                        on: "arn:aws:s3:::public-data/k",
                        "allowed",
                        "allowed"
                    ),
                ]
            ),
            Damage(
                "an account whose role could not be assumed",
                Dictionary(
                    uniqueKeysWithValues: files.keys.filter { $0.hasPrefix(shop) }.map { ($0, nil) }
                ),
                errors: ["\(shop)\tAssumeRoleFailed\tsts assume-role Audit"],
                says: "nothing is known of the account 'shop' "
                    + "(accounts/222222222222: the call failed with AssumeRoleFailed)",
                [
                    Question(
                        "management:role/Admin",
                        "sqs:SendMessage",
                        on: queue,
                        "implicitDeny",
                        "undetermined"
                    ),
                    Question(
                        "management:role/Admin",
                        "sts:AssumeRole",
                        on: "arn:aws:iam::222222222222:role/Admin",
                        "implicitDeny",
                        "undetermined"
                    ),
                    Question(
                        "management:role/None",
                        "sqs:SendMessage",
                        on: "arn:aws:sqs:eu-west-1:111111111111:own",
                        "implicitDeny",
                        "implicitDeny"
                    ),
                ]
            ),
            Damage(
                "an account that is not there",
                Dictionary(
                    uniqueKeysWithValues: files.keys.filter { $0.hasPrefix(shop) }.map { ($0, nil) }
                ),
                says: "nothing is known of the account 'shop' "
                    + "(accounts/222222222222 is not in the export)",
                [
                    Question(
                        "management:role/Admin",
                        "s3:GetObject",
                        on: "arn:aws:s3:::elsewhere/k",
                        "allowed",
                        "undetermined"
                    )
                ]
            ),
            Damage(
                "a page of roles",
                [details: accountDetails(extra: #", "IsTruncated": true, "Marker": "x""#)],
                says: "this is one page of several",
                [
                    Question(
                        "management:role/Admin",
                        "sts:AssumeRole",
                        on: "arn:aws:iam::222222222222:role/OnAnotherPage",
                        "implicitDeny",
                        "undetermined"
                    ),
                    Question("shop:role/Admin", "s3:GetObject", on: bucket, "allowed", "allowed"),
                ]
            ),
            Damage(
                "the units below Root",
                [
                    "organizations/ou/r-ex01/list-organizational-units-for-parent.json":
                        #"{"Organizat"#
                ],
                says: "no answer tells which units stand above 'ou-ex01-aaaaaaaa'",
                [
                    guarded(),
                    Question(
                        "shop:role/Admin",
                        "s3:GetObject",
                        on: bucket,
                        "allowed",
                        "undetermined"
                    ),
                ]
            ),
            Damage(
                "where an account is",
                [
                    "organizations/ou/ou-ex01-aaaaaaaa/list-accounts-for-parent.json": nil,
                    "organizations/account/222222222222/list-parents.json": nil,
                ],
                says: "nothing says which unit the account is in",
                [
                    Question(
                        "shop:role/Admin",
                        "organizations:LeaveOrganization",
                        "explicitDeny",
                        "undetermined"
                    )
                ]
            ),
            Damage(
                "the lists of accounts",
                [
                    "organizations/list-accounts.json": #"{"Acc"#,
                    "organizations/ou/ou-ex01-aaaaaaaa/list-accounts-for-parent.json": #"{"Acc"#,
                ],
                says: "no list of accounts tells where this one is",
                [
                    Question(
                        "222222222222:role/Admin",
                        "organizations:LeaveOrganization",
                        "explicitDeny",
                        "undetermined"
                    )
                ]
            ),
            Damage(
                "a page of attached policies",
                [
                    "organizations/ou/ou-ex01-aaaaaaaa/list-policies-for-target.SERVICE_CONTROL_POLICY.json":
                        #"{"Policies": [{"Id": "p-FullAWSAccess", "AwsManaged": true}], "NextToken": "x"}"#
                ],
                says: "this is one page of several",
                [
                    Question(
                        "shop:role/Admin",
                        "organizations:LeaveOrganization",
                        "explicitDeny",
                        "undetermined"
                    ),
                    Question(
                        "shop:role/None",
                        "sqs:SendMessage",
                        on: queue,
                        "implicitDeny",
                        "implicitDeny"
                    ),
                ]
            ),
            Damage(
                "attached policies of another shape",
                [
                    "organizations/ou/ou-ex01-aaaaaaaa/list-policies-for-target.SERVICE_CONTROL_POLICY.json":
                        #"{"Policies": null}"#
                ],
                says: "",
                // The policy itself says where it is attached.
                [guarded()]
            ),
            Damage(
                "a group and a permissions boundary",
                [details: accountDetails(boundary: "{}", groups: #"["Gone"]"#)],
                says: "which policy this permissions boundary is",
                [
                    Question(
                        "shop:role/Bounded",
                        "s3:GetObject",
                        on: bucket,
                        "implicitDeny",
                        "undetermined"
                    ),
                    Question(
                        "shop:user/ann",
                        "sqs:SendMessage",
                        on: queue,
                        "implicitDeny",
                        "undetermined"
                    ), guarded(),
                ]
            ),
            Damage(
                "tags of a bucket",
                ["\(shop)/s3/shop-data/get-bucket-tagging.json": nil],
                errors: ["\(shop)/s3/shop-data/get-bucket-tagging.json\tAccessDenied\taws s3api x"],
                says: "'aws s3api x' failed",
                [
                    Question(
                        "shop:role/ByTag",
                        "s3:ListBucket",
                        on: "arn:aws:s3:::shop-data",
                        "allowed",
                        "undetermined"
                    )
                ]
            ),
            Damage(
                "the boundary and the policies of a permission set",
                [
                    "\(center)/get-permissions-boundary-for-permission-set.json": nil,
                    "\(center)/list-managed-policies-in-permission-set.json":
                        #"{"AttachedManagedPolicies": [], "NextToken": "x"}"#,
                ],
                says: "this is one page of several",
                [
                    Question(
                        "sso:ann/Reader@shop",
                        "s3:GetObject",
                        on: bucket,
                        "allowed",
                        "undetermined"
                    ),
                    Question(
                        "sso:ann/Reader@shop",
                        "organizations:LeaveOrganization",
                        "explicitDeny",
                        "explicitDeny"
                    ),
                ]
            ),
        ]
    )
    func damaged(_ damage: Damage) throws {
        let whole = try imported(Damage("nothing", [:], says: "", damage.questions))
        #expect(whole.decisions == damage.questions.map(\.whole), "\(whole.summary)")
        let run = try imported(damage)
        #expect(run.decisions == damage.questions.map(\.damaged), "\(run.answers)")
        #expect(damage.says.isEmpty || run.summary.contains(damage.says), "\(run.summary)")
        for (question, answer) in zip(damage.questions, run.answers)
        where question.damaged == "undetermined" {
            // Tags are keys of their own.
            let isNamed =
                answer.contains("orgsim:MissingPolicy/") || answer.contains("aws:ResourceTag/")
            #expect(isNamed, "\(answer)")
        }
    }

    @Test("roles that all differ from their permission set in one way decide, which is told")
    func drift() throws {
        let account = Self.accountDetails(reserved: Self.allow("sqs:*"))
        let run = try imported(
            Damage(
                "drift",
                [Self.details: account],
                says: "",
                [
                    Question(
                        "sso:ann/Reader@shop",
                        "sqs:SendMessage",
                        on: Self.queue,
                        "implicitDeny",
                        "allowed"
                    ),
                    Question(
                        "sso:ann/Reader@shop",
                        "s3:ListBucket",
                        on: "arn:aws:s3:::shop-data",
                        "allowed",
                        "implicitDeny"
                    ),
                ]
            )
        )
        #expect(run.decisions == ["allowed", "implicitDeny"], "\(run.answers)")
        #expect(run.summary.contains("has another inline policy; AWS decides by the role"))
    }

    @Test("who can is told of those of whom it is known, and the others are named")
    func whoCan() throws {
        var files = Self.files
        files["\(Self.shop)/s3/shop-data/get-bucket-policy.json"] = nil
        files["errors.tsv"] = Self.absences.map { $0 + "\n" }.joined()
        let folder = try TemporaryFolder(
            Dictionary(uniqueKeysWithValues: files.map { ("export/\($0.key)", $0.value) })
        )
        _ = importing(["import", "aws", folder["export"], "--to", folder["out"]])
        let words = [
            "who-can", "--organization", folder["out/organization.json"], "--action",
            "s3:GetObject", "--resource", Self.bucket,
        ]
        let text = orgsim(words).output
        #expect(text.contains("nobody can for certain"), "\(text)")
        #expect(text.contains("it cannot be told of"), "\(text)")
        #expect(text.contains("  shop:role/Admin\n"), "\(text)")
        let json = try orgsim(words + ["--format", "json"]).json()
        let open = json["undetermined"]?.elements?.compactMap(\.string) ?? []
        #expect(open.contains("shop:role/Admin") && open.contains("management:role/Admin"))
        for expectation in [#""expect": []"#, #""expectExcludes": ["shop:role/Admin"]"#] {
            let scenario = """
                {"organization": "organization.json", "steps": [{"whoCan": {"action": "s3:GetObject",
                "resource": "\(Self.bucket)"}, \(expectation)}]}
                """
            try scenario.write(
                toFile: folder["out/scenario.json"],
                atomically: true,
                encoding: .utf8
            )
            let run = orgsim(["test", folder["out/scenario.json"]])
            #expect(run.exitCode == .expectationFailed, "\(run.output)")
            #expect(run.output.contains("cannot be told: "), "\(run.output)")
        }
    }

    @Test("a policy that became known is laid over one that is missing, and the other way round")
    func overlays() throws {
        let open =
            #"{"externalAccounts": {"a": {"id": "100000000001", "iam": {"users": {"u": {"inlinePolicies": {"p": POLICY}}}}}}}"#
        let known = Self.policy(Self.allow("s3:*"))
        let missing = #"{"$missing": "the call failed"}"#
        for (below, above, decision) in [
            (missing, known, "allowed"), (known, missing, "undetermined"),
        ] {
            let base = open.replacing("POLICY", with: below)
            let overlay = open.replacing("POLICY", with: above)
            let folder = try TemporaryFolder([
                "s.json": """
                {"organization": [\(base), \(overlay)], "steps": [{"principal": "a:user/u",
                "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "expect": "\(decision)"}]}
                """
            ])
            let run = orgsim(["test", folder["s.json"]])
            #expect(run.exitCode == .success, "\(run.output)\(run.errors)")
        }
    }

    struct Run {
        let summary: String
        let answers: [String]
        let decisions: [String]
    }

    func imported(_ damage: Damage) throws -> Run {
        var files = Self.files
        for (path, text) in damage.changes { files[path] = text }
        files["errors.tsv"] = (Self.absences + damage.errors).map { $0 + "\n" }.joined()
        let folder = try TemporaryFolder(
            Dictionary(uniqueKeysWithValues: files.map { ("export/\($0.key)", $0.value) })
        )
        let run = importing(["import", "aws", folder["export"], "--to", folder["out"]])
        #expect(run.exitCode == .success, "\(run.errors)")
        let asked = orgsim(
            ["evaluate", "--organization", folder["out/organization.json"]],
            input: damage.questions.map { $0.line + "\n" }.joined()
        )
        let answers = asked.output.split(separator: "\n").map(String.init)
        let decisions = try asked.jsonLines().map {
            $0["decision"]?.string ?? JSONOutput($0).compact
        }
        return Run(summary: run.output, answers: answers, decisions: decisions)
    }
}
