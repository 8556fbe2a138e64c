import Importing
import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// Exports in which something is missing, cut off or not as AWS writes it.
@Suite struct IncompleteExportTests {
    private static let organization = [
        "organizations/describe-organization.json":
            #"{"Organization": {"Id": "o-exampleorg1", "MasterAccountId": "111111111111"}}"#,
        "organizations/list-roots.json":
            #"{"Roots": [{"Id": "r-ex01", "PolicyTypes": []}]}"#,
        "organizations/ou/r-ex01/list-accounts-for-parent.json":
            #"{"Accounts": [{"Id": "111111111111", "Name": "m", "State": "ACTIVE"}]}"#,
        "organizations/ou/r-ex01/list-organizational-units-for-parent.json":
            #"{"OrganizationalUnits": []}"#,
        "identity-center/list-instances.json": #"{"Instances": []}"#,
    ]

    /// What an answer of GetAccountAuthorizationDetails holds besides its users.
    private static let otherLists =
        #""GroupDetailList": [], "RoleDetailList": [], "Policies": []"#

    /// The small organization with more files, or with files replaced.
    private func export(_ files: [String: String]) -> ImportedExport {
        ImportedExport(Self.organization.merging(files) { $1 })
    }

    @Test("an export of the organization alone loads without a word")
    func organizationAlone() {
        let export = export([:])
        #expect(export.lines(export.odd + export.loaded) == [])
        #expect(export.organization?.accounts.count == 1)
        #expect(export.organization?.enabledPolicyTypes == [])
    }

    @Test("a folder that is no export holds no organization")
    func noExport() {
        #expect(ImportedExport(["package.json": "{}"]).value == nil)
        #expect(ImportedExport([:]).value == nil)
    }

    @Test("a folder may be named with a slash", arguments: ["x/export", "x/export/", "."])
    func folderNames(_ name: String) {
        let prefix = name.hasSuffix("/") ? name : name + "/"
        let files = Self.organization
        let reader = FileReader { path in
            files[String(path.dropFirst(prefix.utf8.count))].map { .success(Array($0.utf8)) }
                ?? .failure(.notFound)
        }
        let folder = ExportFolder(name, files: files.keys.map { prefix + $0 }, reader: reader)
        #expect(AWSExport.organization(in: folder, sources: SourceMap()).value != nil)
    }

    @Test("an export of accounts alone is a file of external accounts")
    func accountsAlone() {
        let export = ImportedExport([
            "accounts/022222222222/get-caller-identity.json": #"{"Account": "022222222222"}"#,
            "accounts/022222222222/iam/get-account-authorization-details.json":
                #"{"UserDetailList": [{"UserName": "ann"}], \#(Self.otherLists)}"#,
        ])
        #expect(export.lines(export.odd + export.loaded) == [])
        #expect(export.organization?.accounts.first?.user("ann") != nil)
        #expect(
            export.file(["externalAccounts", "022222222222", "iam"])?.hasSuffix("details.json")
                == true
        )
    }

    @Test("an organization nobody describes is known from ARNs")
    func organizationFromARNs() {
        let roots = "organizations/list-roots.json"
        let arn = "arn:aws:organizations::111111111111:root/o-exampleorg1/r-ex01"
        let export = ImportedExport([
            roots: #"{"Roots": [{"Id": "r-ex01", "Arn": "\#(arn)", "PolicyTypes": []}]}"#,
            "organizations/ou/r-ex01/list-organizational-units-for-parent.json": "[]",
            "identity-center/list-instances.json": "[]",
        ])
        #expect(export.lines(export.loaded) == [])
        #expect(
            export.lines(export.odd) == [
                "export/\(roots):1:36: warning: the export lacks "
                    + "'organizations/describe-organization.json', so its id and its management "
                    + "account are those of the ARNs of its parts",
                "export/\(roots):1:36: warning: "
                    + "no answer lists the management account, it is taken to be below Root",
            ]
        )
        #expect(export.organization?.identity?.id == "o-exampleorg1")
        #expect(export.organization?.account(named: "111111111111") != nil)
    }

    @Test("a state that is new to orgsim is reported")
    func unknownState() {
        let path = "organizations/ou/r-ex01/list-accounts-for-parent.json"
        let export = export([
            path: #"{"Accounts": [{"Id": "111111111111", "Name": "m", "State": "RESTING"}]}"#
        ])
        #expect(export.organization?.accounts.first?.status == .active)
        #expect(
            export.lines(export.odd) == [
                "export/\(path):1:60: warning: "
                    + "the state 'RESTING' is not known, the account is taken to be active"
            ]
        )
    }

    @Test("bare lists and objects stand for the answers around them")
    func bareAnswers() {
        let export = export([
            "organizations/describe-organization.json":
                #"{"Id": "o-exampleorg1", "MasterAccountId": "111111111111"}"#,
            "organizations/list-roots.json": #"{"Id": "r-ex01", "PolicyTypes": []}"#,
            "organizations/ou/r-ex01/list-accounts-for-parent.json":
                #"[{"Id": "111111111111", "Name": "m", "State": "ACTIVE"}]"#,
        ])
        #expect(export.lines(export.odd + export.loaded) == [])
        #expect(export.organization?.account(named: "m") != nil)
    }

    @Test(
        "a page of several is reported at what shows it",
        arguments: [
            #""NextToken": "x""#, #""nextToken": "x""#, #""IsTruncated": true, "Marker": "x""#,
        ]
    )
    func pages(_ sign: String) {
        let list = #"{"Accounts": [{"Id": "111111111111", "Name": "m"}], \#(sign)}"#
        let path = "organizations/ou/r-ex01/list-accounts-for-parent.json"
        let export = export([path: list])
        #expect(
            export.lines(export.odd) == [
                "export/\(path):1:53: warning: "
                    + "this is one page of several: what stands on the others is missing"
            ]
        )
    }

    @Test("an answer that is empty, null or of another shape does no harm")
    func oddAnswers() {
        let export = export([
            "organizations/list-aws-service-access.json": "",
            "organizations/list-delegated-administrators.json": "{}",
            "organizations/ou/r-ex01/list-tags-for-resource.json": #"{"Tags": null}"#,
            "accounts/111111111111/iam/get-account-authorization-details.json":
                #"{"UserDetailList": null, "RoleDetailList": [null, 1, {}], "GroupDetailList": [], "Policies": []}"#,
            "accounts/111111111111/s3/list-buckets.json": #"{"Prefix": null}"#,
            "accounts/111111111111/us-east-1/kms/list-keys.json": #"{"Keys": 1}"#,
        ])
        let details = "export/accounts/111111111111/iam/get-account-authorization-details.json"
        let left = "this element of 'RoleDetailList' has no 'RoleName', so it is left out"
        #expect(export.organization != nil)
        #expect(
            export.lines(export.odd) == [
                "\(details):1:20: warning: 'UserDetailList' is not a list here, so nothing is "
                    + "known of the users, groups, roles and policies of 'm'",
                "\(details):1:45: warning: \(left)", "\(details):1:51: warning: \(left)",
                "\(details):1:54: warning: \(left)",
                "export/accounts/111111111111/s3/list-buckets.json:1:1: warning: "
                    + "this entry names nothing, so what it stands for is left out",
                "export/accounts/111111111111/us-east-1/kms/list-keys.json:1:10: warning: "
                    + "'Keys' is a number, not a list",
            ]
        )
    }

    @Test("a policy whose document or version in force the export lacks may say anything")
    func lackingDocuments() throws {
        let path = "accounts/111111111111/iam/get-account-authorization-details.json"
        let old = #"{"VersionId": "v1", "Document": {"Version": "2012-10-17", "Statement": []}}"#
        let arn = "arn:aws:iam::111111111111:policy"
        let export = export([
            path: """
            {"UserDetailList": [], "GroupDetailList": [],
            "RoleDetailList": [{"RoleName": "R", "AssumeRolePolicyDocument": null,
              "RolePolicyList": [{"PolicyName": "own", "PolicyDocument": ""}, {"PolicyName": "p"}],
              "AttachedManagedPolicies": [{"PolicyArn": "\(arn)/Old"}, {"PolicyArn": "\(arn)/None"}]}],
            "Policies": [
              {"PolicyName": "Old", "Arn": "\(arn)/Old", "DefaultVersionId": "v2",
               "PolicyVersionList": [\(old)]},
              {"PolicyName": "None", "Arn": "\(arn)/None", "PolicyVersionList": []}]}
            """
        ])
        #expect(!export.loaded.hasErrors, "\(export.lines(export.loaded))")
        let account = ["root", "accounts", "m", "iam"]
        let missing = [
            ["roles", "R", "trustPolicy"], ["roles", "R", "inlinePolicies", "own"],
            ["roles", "R", "inlinePolicies", "p"], ["managedPolicies", "Old", "document"],
            ["managedPolicies", "None", "document"],
        ]
        for place in missing {
            #expect(export.value(account + place + ["$missing"])?.string != nil, "\(place)")
        }
        let told = export.lines(export.odd).filter { $0.contains("what this policy says") }
        #expect(told.count == 5, "\(told)")
    }

    @Test("an export of another partition is refused, which its ARNs tell")
    func otherPartition() {
        let path = "accounts/111111111111/get-caller-identity.json"
        let arn = "arn:aws-us-gov:iam::111111111111:user/ann"
        let export = export([path: #"{"Account": "111111111111", "Arn": "\#(arn)"}"#])
        #expect(export.value == nil)
        #expect(
            export.lines(export.odd) == [
                "export/\(path):1:36: error: '\(arn)' is of the partition 'aws-us-gov', "
                    + "and organizations of the partition 'aws' alone are modelled"
            ]
        )
    }

    @Test("a resource may be called as if it were a file")
    func nameOfFile() {
        let place = "accounts/111111111111/eu-west-1"
        let arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:pay/hsm.json-AbCdEf"
        let policy =
            #"{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", "#
            + #"\"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}}"#
        let export = export([
            "\(place)/secretsmanager/list-secrets.json": #"{"SecretList": [{"ARN": "\#(arn)"}]}"#,
            "\(place)/secretsmanager/pay_hsm.json/get-resource-policy.json":
                #"{"ARN": "\#(arn)", "ResourcePolicy": "\#(policy)"}"#,
        ])
        let resource = export.organization?.accounts.first?.resources.first
        #expect(resource?.arn.description == arn)
        #expect(resource?.policy?.document.statements.count == 1)
    }

    @Test("the slash of a name is %2F in that of its folder, so that two names stay two")
    func namesWithSlashes() {
        let place = "accounts/111111111111/eu-west-1/ecr"
        let start = "arn:aws:ecr:eu-west-1:111111111111:repository"
        let export = export([
            "\(place)/describe-repositories.json":
                #"{"repositories": [{"repositoryArn": "\#(start)/a/b"}, {"repositoryArn": "\#(start)/a_b"}]}"#,
            "\(place)/a_b/get-repository-policy.json":
                #"{"policyText": {"Version": "2012-10-17", "Statement": []}}"#,
            "errors.tsv":
                "\(place)/a%2Fb/get-repository-policy.json\tAccessDenied\taws ecr get-repository-policy\n"
                + "\(place)/get-registry-policy.json\tRegistryPolicyNotFoundException\taws ecr",
        ])
        let resources = ["root", "accounts", "m", "resources"]
        let slashed = export.value(resources + ["\(start)/a/b", "policy", "$missing"])
        #expect(slashed?.string?.contains("AccessDenied") == true)
        #expect(
            export.value(resources + ["\(start)/a_b", "policy", "Statement"])?.elements?.isEmpty
                == true
        )
    }

    @Test("users and roles keep the ids that AWS gave them")
    func uniqueIDs() {
        let path = "accounts/111111111111/iam/get-account-authorization-details.json"
        let export = export([
            path: """
            {"UserDetailList": [{"UserName": "ann", "UserId": "AIDAEXAMPLE123456789"},
              {"UserName": "bob", "UserId": "x1"}], "GroupDetailList": [], "Policies": [],
            "RoleDetailList": [{"RoleName": "R", "RoleId": "AROAEXAMPLE123456789",
              "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}}]}
            """
        ])
        let account = export.organization?.accounts.first
        #expect(account?.user("ann")?.uniqueID == "AIDAEXAMPLE123456789")
        #expect(account?.user("bob")?.uniqueID.hasPrefix("AIDA") == true)
        #expect(account?.role("R")?.uniqueID == "AROAEXAMPLE123456789")
    }

    @Test("one policy for log groups that nobody can read leaves all of them open")
    func logPolicies() {
        let path = "accounts/111111111111/eu-west-1/logs/describe-resource-policies.json"
        let fine = #"{\"Version\": \"2012-10-17\", \"Statement\": []}"#
        for broken in [#""no policy""#, "null"] {
            let export = export([
                path: """
                {"resourcePolicies": [{"policyName": "a", "policyDocument": "\(fine)"},
                {"policyName": "b", "policyDocument": \(broken)}]}
                """
            ])
            let arn = "arn:aws:logs:eu-west-1:111111111111:log-group"
            let place = ["root", "accounts", "m", "resources", arn, "policy", "$missing"]
            #expect(export.value(place)?.string != nil, "\(broken)")
            #expect(export.organization?.hasMissingPolicies == true)
        }
    }

    @Test("what a group or a policy says that the export lacks is not known, each is told")
    func danglingNames() {
        let path = "accounts/111111111111/iam/get-account-authorization-details.json"
        let export = export([
            path: """
            {"UserDetailList": [{"UserName": "ann", "GroupList": ["Gone"], "AttachedManagedPolicies":
            [{"PolicyArn": "arn:aws:iam::aws:policy/NotKnownYet"}]}], \(Self.otherLists)}
            """
        ])
        #expect(export.organization != nil)
        #expect(
            export.lines(export.odd) == [
                "export/\(path):1:55: warning: the export does not hold the group 'Gone', "
                    + "so verdicts may hang on its policies",
                "export/\(path):2:16: warning: the export does not hold the managed policy "
                    + "'arn:aws:iam::aws:policy/NotKnownYet', so verdicts may hang on what it says",
            ]
        )
        #expect(export.organization?.hasMissingPolicies == true)
        let ann = export.organization?.accounts.first?.user("ann")
        #expect(
            ann?.identityPolicies.map(\.name) == [
                "arn:aws:iam::aws:policy/NotKnownYet", "unknown",
            ]
        )
    }

    @Test("a policy that is not JSON is an error where it is written, said once")
    func brokenPolicy() {
        let path = "accounts/111111111111/s3/b/get-bucket-policy.json"
        let export = export([path: #"{"Policy": "{\"Version\": }"}"#])
        #expect(
            export.lines(export.odd + export.loaded).filter { $0.contains("error") } == [
                "export/\(path):1:27: error: expected a value, found '}'"
            ]
        )
    }

    @Test("a mistake in an embedded policy is shown where it is written")
    func mistakeInPolicy() {
        let path = "accounts/111111111111/s3/b/get-bucket-policy.json"
        let export = export([path: #"{"Policy": "{\"Version\": \"2012\", \"Statement\": []}"}"#])
        #expect(
            export.lines(export.loaded).first
                == "export/\(path):1:27: error: 'Version' must be \"2012-10-17\" or "
                + "\"2008-10-17\", not \"2012\""
        )
    }

    @Test("calls that failed are counted by kind, and excuse what is missing")
    func failedCalls() {
        let export = export([
            "accounts/x/y.json": "{}",
            "errors.tsv": """
            accounts/111111111111\tAssumeRoleFailed\tsts assume-role R
            a/1.json\tAccessDenied\taws sns list-topics --region a
            a/2.json\tAccessDenied\taws sns list-topics --region b
            a/3.json\tNoSuchTagSet\taws s3api get-bucket-tagging --bucket b
            An error occurred in words
            """,
        ])
        let end = "so what it would have told is unknown"
        #expect(
            export.lines(export.odd) == [
                "export/errors.tsv:1:1: warning: 'sts assume-role R' failed (AssumeRoleFailed), \(end)",
                "export/errors.tsv:2:1: warning: 'aws sns list-topics' failed 2 times "
                    + "(AccessDenied), \(end)",
            ]
        )
    }

    @Test("without a list of attachments a policy that may say anything is attached")
    func unknownAttachments() {
        let roots = "organizations/list-roots.json"
        let types = #"[{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]"#
        let export = export([
            roots: #"{"Roots": [{"Id": "r-ex01", "PolicyTypes": \#(types)}]}"#
        ])
        let missing = "organizations/ou/r-ex01/list-policies-for-target.SERVICE_CONTROL_POLICY.json"
        #expect(
            export.lines(export.odd) == [
                "export/\(roots):1:19: warning: the export lacks '\(missing)', so "
                    + "verdicts may hang on what is attached wherever it is missing"
            ]
        )
        let attached = export.organization?.nodes[0].serviceControlPolicies.map(\.name)
        #expect(attached == ["FullAWSAccess", "UnknownAttachments-r-ex01"])
        #expect(export.organization?.hasMissingPolicies == true)
    }

    @Test("a policy whose targets are missing is named where they are needed")
    func unknownTargets() {
        let folder = "organizations/policy/SERVICE_CONTROL_POLICY"
        let types = #"[{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]"#
        let content =
            #""{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}""#
        let full = #"{"Id": "p-FullAWSAccess", "Name": "FullAWSAccess", "AwsManaged": true}"#
        let export = export([
            "organizations/list-roots.json":
                #"{"Roots": [{"Id": "r-ex01", "PolicyTypes": \#(types)}]}"#,
            "\(folder)/list-policies.json":
                #"{"Policies": [\#(full), {"Id": "p-deny0001", "Name": "deny"}]}"#,
            "\(folder)/p-FullAWSAccess/list-targets-for-policy.json":
                #"{"Targets": [{"TargetId": "r-ex01"}, {"TargetId": "111111111111"}]}"#,
            "\(folder)/p-deny0001/describe-policy.json":
                #"{"PolicySummary": {"Id": "p-deny0001", "Name": "deny"}, "Content": \#(content)}"#,
        ])
        #expect(
            export.lines(export.odd) == [
                "export/organizations/list-roots.json:1:19: warning: the export lacks "
                    + "'\(folder)/p-deny0001/list-targets-for-policy.json', so the policy may "
                    + "be attached wherever the targets do not list theirs"
            ]
        )
        #expect(export.lines(export.loaded) == [])
        let attached = export.organization?.nodes[0].serviceControlPolicies.map(\.name)
        #expect(attached == ["FullAWSAccess", "UnknownAttachments-r-ex01"])
    }

    @Test("a policy whose call was refused stands there as one that may say anything")
    func refusedPolicies() throws {
        let place = "accounts/111111111111"
        let export = export([
            "\(place)/s3/list-buckets.json": #"{"Buckets": [{"Name": "b"}, {"Name": "c"}]}"#,
            "\(place)/eu-west-1/kms/list-keys.json":
                #"{"Keys": [{"KeyArn": "arn:aws:kms:eu-west-1:111111111111:key/k"}]}"#,
            "\(place)/eu-west-1/secretsmanager/list-secrets.json":
                #"{"SecretList": [{"ARN": "arn:aws:secretsmanager:eu-west-1:111111111111:secret:a/b-AbCdEf"}]}"#,
            "\(place)/get-caller-identity.json": #"{"Account": "111111111111"}"#,
            "errors.tsv": """
            \(place)/s3/b/get-bucket-policy.json\tAccessDenied\taws s3api get-bucket-policy --bucket b
            \(place)/s3/c/get-bucket-policy.json\tNoSuchBucketPolicy\taws s3api get-bucket-policy
            \(place)/eu-west-1/kms/k/get-key-policy.json\tAccessDenied\taws kms get-key-policy
            \(place)/eu-west-1/secretsmanager/a_b-AbCdEf/get-resource-policy.json\tThrottling\taws x
            """,
        ])
        let resources = try #require(export.organization?.accounts.first?.resources)
        let unknown = resources.filter { $0.policy != nil }.map(\.arn.description).sorted()
        #expect(
            unknown == [
                "arn:aws:kms:eu-west-1:111111111111:key/k", "arn:aws:s3:::b",
                "arn:aws:secretsmanager:eu-west-1:111111111111:secret:a/b-AbCdEf",
            ]
        )
        #expect(resources.contains { $0.arn.description == "arn:aws:s3:::c" })
        let path = ["root", "accounts", "m", "resources", "arn:aws:s3:::b", "policy"]
        #expect(
            export.value(path + ["$missing"])?.string
                == "\(place)/s3/b/get-bucket-policy.json: the call failed with AccessDenied"
        )
        #expect(export.organization?.hasMissingPolicies == true)
    }

    @Test("centralized root access is what the answer lists, and off where it lists nothing")
    func rootAccess() throws {
        let path = "organizations/list-organizations-features.json"
        let some = export([path: #"{"EnabledFeatures": ["RootSessions", "Later"]}"#])
        let access = try #require(some.organization).centralizedRootAccess
        #expect(access.rootSessions && !access.rootCredentialsManagement)
        let none = try #require(export([:]).organization)
        #expect(!none.centralizedRootAccess.rootSessions)
    }

    @Test("one answer of GetAccountAuthorizationDetails is an account of its own")
    func detailsAlone() throws {
        let sources = SourceMap()
        let text = """
            {"UserDetailList": [], "RoleDetailList": [{"RoleName": "R", "Path": "/",
            "Arn": "arn:aws:iam::018363213896:role/R", "AssumeRolePolicyDocument": "%7B%22Version%22\
            %3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22\
            %3A%7B%22Service%22%3A%22ec2.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole\
            %22%7D%7D"}], "GroupDetailList": [], "Policies": []}
            """
        let reader = FileReader { _ in .success(Array(text.utf8)) }
        let folder = ExportFolder("here", files: ["here/gaad.json"], reader: reader)
        let parsed = AWSExport.account(in: "gaad.json", of: folder, sources: sources)
        let loaded = OrganizationLoader.load(try #require(parsed.value))
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.value?.accounts.map(\.id.description) == ["018363213896"])
        #expect(loaded.value?.accounts.first?.role("R") != nil)
        let other = FileReader { _ in .success(Array("{\"Roles\": []}".utf8)) }
        let none = ExportFolder("here", files: ["here/x.json"], reader: other)
        #expect(AWSExport.account(in: "x.json", of: none, sources: SourceMap()).value == nil)
    }
}
