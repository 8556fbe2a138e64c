import JSONSource
import OrganizationModel
import Testing

/// What an organization file says and AWS would not take, or would take and nobody means.
@Suite("Meaning of organization files")
struct MeaningTests {
    /// A file with everything there is to say about it.
    struct Row: Sendable, CustomTestStringConvertible {
        let code: String
        let severity: Diagnostic.Severity
        /// What is written at the place of the mistake.
        let place: String
        let message: String
        let help: String?
        /// What is written at the second place.
        let note: String?
        let text: String

        var testDescription: String { "\(code): \(place)" }

        init(
            _ code: String,
            _ severity: Diagnostic.Severity = .error,
            at place: String,
            _ message: String,
            help: String? = nil,
            note: String? = nil,
            in text: String
        ) {
            self.code = code
            self.severity = severity
            self.place = place
            self.message = message
            self.help = help
            self.note = note
            self.text = text
        }

        /// The diagnostics of the row must be this one and no other.
        func expect() throws {
            let found = try parse(text)
            #expect(found.diagnostics.map(\.code) == [code])
            let problem = try #require(found.diagnostics.first)
            #expect(problem.severity == severity)
            #expect(problem.message == message)
            #expect(problem.help == help)
            #expect(written(problem.span) == place)
            #expect(problem.notes.map { written($0.span) } == (note.map { [$0] } ?? []))
            #expect((found.value == nil) == (severity == .error))
        }

        private func written(_ span: SourceSpan) -> String {
            String(decoding: Array(text.utf8)[Int(span.start)..<Int(span.end)], as: UTF8.self)
        }
    }

    /// A file with one account outside any organization.
    static func iam(_ iam: String) -> String {
        #"{"externalAccounts": {"app": {"id": "111122223333", "iam": \#(iam)}}}"#
    }

    static func resources(_ resources: String) -> String {
        #"{"externalAccounts": {"app": {"id": "111122223333", "resources": \#(resources)}}}"#
    }

    static func organization(
        header: String = "",
        root: String = "",
        beside: String = ""
    ) -> String {
        #"""
        {"organization": {"managementAccount": "main"\#(header)}, "root": {\#(root)
         "accounts": {"main": {"id": "100000000001"}, "app": {"id": "100000000002"}}}\#(beside)}
        """#
    }

    static func center(_ fields: String) -> String {
        organization(beside: #", "identityCenter": {\#(fields)}"#)
    }

    static let organizationsRows: [Row] = [
        Row(
            "organization.id",
            at: #""o-ACME123456""#,
            "'o-ACME123456' is not an organization id: expected o- and 10 to 32 lower-case letters or digits",
            in: organization(header: #", "id": "o-ACME123456""#)
        ),
        Row(
            "organization.root-id",
            at: #""r-A""#,
            "'r-A' is not the id of a root: expected r- and 4 to 32 lower-case letters or digits",
            in: organization(root: #""id": "r-A","#)
        ),
        Row(
            "organization.unit-id",
            at: #""ou-ab12-short""#,
            "'ou-ab12-short' is not the id of a unit: expected ou-ab12- and 8 to 32 lower-case letters or digits",
            in: organization(
                root: #""id": "r-ab12", "organizationalUnits": {"A": {"id": "ou-ab12-short"}},"#
            )
        ),
        Row(
            "organization.unit-of-other-root",
            at: #""ou-zz12-aaaaaaaa""#,
            "'ou-zz12-aaaaaaaa' is the id of a unit below another root: expected ou-ab12-…",
            in: organization(
                root: #""id": "r-ab12", "organizationalUnits": {"A": {"id": "ou-zz12-aaaaaaaa"}},"#
            )
        ),
        Row(
            "organization.duplicate-id",
            at: #""ou-ab12-aaaaaaaa""#,
            "the id 'ou-ab12-aaaaaaaa' is taken",
            note: #""ou-ab12-aaaaaaaa""#,
            in: organization(
                root:
                    #""id": "r-ab12", "organizationalUnits": {"A": {"id": "ou-ab12-aaaaaaaa"}, "B": {"id": "ou-ab12-aaaaaaaa"}},"#
            )
        ),
        Row(
            "organization.id",
            at: #""o-short""#,
            "'o-short' is not an organization id: expected o- and 10 to 32 lower-case letters or digits",
            in: organization(
                beside:
                    #", "externalAccounts": {"x": {"id": "900000000001", "organizationId": "o-short"}}"#
            )
        ),
        Row(
            "organization.managed-policy-arn",
            at: #""arn:asw:iam::aws:policy/P""#,
            "'arn:asw:iam::aws:policy/P' is not the ARN of an AWS managed policy",
            in: organization(
                beside:
                    #", "awsManagedPolicies": {"arn:asw:iam::aws:policy/P": \#(Text.allowAll), "arn:aws-cn:iam::aws:policy/P": \#(Text.allowAll), "arn:aws-us-gov:iam::aws:policy/P": \#(Text.allowAll)}"#
            )
        ),
        Row(
            "organization.external-member",
            at: #""o-a123456789""#,
            "'o-a123456789' is the organization of this file, whose accounts stand under 'root'",
            in: organization(
                header: #", "id": "o-a123456789""#,
                beside:
                    #", "externalAccounts": {"x": {"id": "900000000001", "organizationId": "o-a123456789"}}"#
            )
        ),
        Row(
            "organization.service-principal",
            .warning,
            at: #""sso""#,
            "'sso' is not written like a service principal, such as lambda.amazonaws.com",
            in: organization(
                beside:
                    #", "trustedAccess": ["sso", "ssm.aws.internal", "ec2.amazonaws.com.cn", "fms.amazonaws.com"]"#
            )
        ),
        Row(
            "organization.listed-twice",
            .warning,
            at: #""sso.amazonaws.com""#,
            "'sso.amazonaws.com' stands twice in 'trustedAccess'",
            note: #""sso.amazonaws.com""#,
            in: organization(
                beside: #", "trustedAccess": ["sso.amazonaws.com", "sso.amazonaws.com"]"#
            )
        ),
        Row(
            "organization.management-delegated",
            at: #""main""#,
            "the management account cannot be a delegated administrator",
            in: organization(
                beside: #", "delegatedAdministrators": {"sso.amazonaws.com": ["main"]}"#
            )
        ),
        Row(
            "organization.external-account",
            at: #""x""#,
            "the account 'x' is not in the organization",
            in: organization(
                beside:
                    #", "externalAccounts": {"x": {"id": "900000000001"}}, "delegatedAdministrators": {"sso.amazonaws.com": ["x"]}"#
            )
        ),
        Row(
            "organization.management-suspended",
            .warning,
            at: #""SUSPENDED""#,
            "the management account is 'SUSPENDED', so nobody in it can act",
            in:
                #"{"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {"id": "100000000001", "status": "SUSPENDED"}}}}"#
        ),
        Row(
            "organization.account-name",
            at: #""100000000002""#,
            "the account 100000000003 is named '100000000002', which is the id of another account",
            in: organization(
                beside: #", "externalAccounts": {"100000000002": {"id": "100000000003"}}"#
            )
        ),
        Row(
            "organization.other-policy-type",
            at: #""Lock""#,
            "'Lock' is a service control policy, not a resource control policy",
            in: organization(
                root: #""resourceControlPolicies": ["Lock"],"#,
                beside: #", "serviceControlPolicies": {"Lock": \#(Text.allowAll)}"#
            )
        ),
        Row(
            "organization.policy-name",
            at: #""""#,
            "the name of a policy has 1 to 128 characters",
            in: organization(beside: #", "serviceControlPolicies": {"": \#(Text.allowAll)}"#)
        ),
    ]

    @Test("ids, services and members of an organization", arguments: organizationsRows)
    func organizationMeaning(_ row: Row) throws { try row.expect() }

    private static let trust = #""trustPolicy": \#(Text.trust)"#

    static let entitiesRows: [Row] = [
        Row(
            "iam.foreign-policy",
            at: #""arn:aws:iam::999999999999:policy/P""#,
            "'arn:aws:iam::999999999999:policy/P' is a policy of the account 999999999999, and a policy is attached in its own account only",
            in: iam(
                #"{"users": {"u": {"permissionsBoundary": "arn:aws:iam::999999999999:policy/P"}}}"#
            )
        ),
        Row(
            "organization.unknown-policy",
            at: #""arn:aws:iam::111122223333:policy/Readers""#,
            "there is no managed policy 'arn:aws:iam::111122223333:policy/Readers', did you mean 'arn:aws:iam::111122223333:policy/Reader'?",
            in: iam(
                #"{"managedPolicies": {"Reader": \#(Text.allowAll)}, "groups": {"g": {"managedPolicies": ["arn:aws:iam::111122223333:policy/Readers"]}}}"#
            )
        ),
        Row(
            "organization.unknown-policy",
            at: #""AdministratorAccess""#,
            "there is no managed policy 'AdministratorAccess', did you mean 'arn:aws:iam::aws:policy/AdministratorAccess'?",
            in: iam(#"{"users": {"u": {"managedPolicies": ["AdministratorAccess"]}}}"#)
        ),
        Row(
            "json.wrong-type",
            at: "{}",
            "'permissionsBoundary' must be the name or the ARN of a managed policy, not an object",
            in: iam(#"{"users": {"u": {"permissionsBoundary": {}}}}"#)
        ),
        Row(
            "iam.session-duration",
            at: "60",
            "'maxSessionDuration' is 3600 to 43200 seconds, not 60",
            in: iam(#"{"roles": {"R": {\#(trust), "maxSessionDuration": 60}}}"#)
        ),
        Row(
            "organization.listed-twice",
            .warning,
            at: #""g""#,
            "'g' stands twice in 'groups'",
            note: #""g""#,
            in: iam(#"{"groups": {"g": {}}, "users": {"u": {"groups": ["g", "g"]}}}"#)
        ),
        Row(
            "iam.name",
            at: #""a b""#,
            "the name of an inline policy has 1 to 128 letters, digits and +=,.@_-, not 'a b'",
            in: iam(#"{"groups": {"g": {"inlinePolicies": {"a b": \#(Text.allowAll)}}}}"#)
        ),
        Row(
            "iam.path",
            at: #""//""#,
            "'path' begins and ends with '/', not '//'",
            in: iam(#"{"users": {"u": {"path": "//"}}}"#)
        ),
        Row(
            "iam.duplicate-tag",
            at: #""team""#,
            "the tag key 'team' is taken: keys of users and roles ignore case",
            note: #""Team""#,
            in: iam(#"{"users": {"u": {"tags": {"Team": "a", "team": "b"}}}}"#)
        ),
        Row(
            "iam.tag-character",
            .warning,
            at: #""a*""#,
            "a tag in IAM has letters, digits, spaces and _.:/=+-@, not '*'",
            in: iam(#"{"roles": {"R": {\#(trust), "tags": {"Größe": "a*"}}}}"#)
        ),
        Row(
            "iam.access-key-id",
            at: #""ASIAEXAMPLE00000000""#,
            "'ASIAEXAMPLE00000000' is the id of a temporary key: those of users begin with 'AKIA'",
            in: iam(#"{"users": {"u": {"accessKeys": [{"id": "ASIAEXAMPLE00000000"}]}}}"#)
        ),
        Row(
            "iam.duplicate-access-key",
            at: #""AKIAEXAMPLE00000000""#,
            "the access key 'AKIAEXAMPLE00000000' belongs to somebody already",
            note: #""AKIAEXAMPLE00000000""#,
            in: iam(
                #"{"users": {"u": {"accessKeys": [{"id": "AKIAEXAMPLE00000000"}]}, "v": {"accessKeys": [{"id": "AKIAEXAMPLE00000000"}]}}}"#
            )
        ),
        Row(
            "quota.access-keys",
            .warning,
            at: "[{}, {}, {}]",
            "there are 3 access keys, AWS lets create 2",
            in: iam(#"{"users": {"u": {"accessKeys": [{}, {}, {}]}}}"#)
        ),
        Row(
            "iam.used-before-created",
            .warning,
            at: #""2026-01-01T00:00:00Z""#,
            "'lastUsed' lies before 'created'",
            note: #""2026-02-01T00:00:00Z""#,
            in: iam(
                #"{"users": {"u": {"accessKeys": [{"created": "2026-02-01T00:00:00Z", "lastUsed": "2026-01-01T00:00:00Z"}]}}}"#
            )
        ),
        Row(
            "iam.mfa-device",
            at: #""arn:aws:iam::999999999999:mfa/u""#,
            "'arn:aws:iam::999999999999:mfa/u' is a device of the account 999999999999, not of 111122223333",
            in: iam(#"{"users": {"u": {"mfaDevices": ["arn:aws:iam::999999999999:mfa/u"]}}}"#)
        ),
        Row(
            "iam.duplicate-mfa-device",
            at: #""arn:aws:iam::111122223333:mfa/u""#,
            "the MFA device 'arn:aws:iam::111122223333:mfa/u' belongs to somebody already",
            note: #""arn:aws:iam::111122223333:mfa/u""#,
            in: iam(
                #"{"users": {"u": {"mfaDevices": ["arn:aws:iam::111122223333:mfa/u"]}, "v": {"mfaDevices": ["arn:aws:iam::111122223333:mfa/u"]}}}"#
            )
        ),
        Row(
            "quota.mfa-devices",
            at: #"["1", "2", "3", "4", "5", "6", "7", "8", "9"]"#,
            "there are 9 MFA devices, AWS allows 8",
            in: iam(
                #"{"users": {"u": {"mfaDevices": ["1", "2", "3", "4", "5", "6", "7", "8", "9"]}}}"#
            )
        ),
        Row(
            "iam.account-alias",
            at: #""Acme-Prod""#,
            "'Acme-Prod' is not an account alias: expected 3 to 63 lower-case letters, digits and single hyphens",
            in: iam(#"{"accountAlias": "Acme-Prod"}"#)
        ),
        Row(
            "iam.duplicate-alias",
            at: #""acme""#,
            "the account alias 'acme' is taken: an alias belongs to one account",
            note: #""acme""#,
            in:
                #"{"externalAccounts": {"a": {"id": "111122223333", "iam": {"accountAlias": "acme"}}, "b": {"id": "111122223334", "iam": {"accountAlias": "acme"}}}}"#
        ),
        Row(
            "iam.root-credentials",
            .warning,
            at: "[{}]",
            "root has no credentials by 'credentials', but access keys here",
            note: "false",
            in: iam(#"{"root": {"credentials": false, "accessKeys": [{}]}}"#)
        ),
        Row(
            "iam.oidc-provider",
            at: #""https://token.actions.githubusercontent.com""#,
            "'https://token.actions.githubusercontent.com' is not an OIDC provider: expected its URL without https://, such as token.actions.githubusercontent.com",
            help: "did you mean 'token.actions.githubusercontent.com'?",
            in: iam(#"{"oidcProviders": {"https://token.actions.githubusercontent.com": {}}}"#)
        ),
        Row(
            "iam.oidc-provider",
            at: #""arn:aws:iam::111122223333:oidc-provider/idp.example.com""#,
            "'arn:aws:iam::111122223333:oidc-provider/idp.example.com' is not an OIDC provider: expected its URL without https://, such as token.actions.githubusercontent.com",
            help: "did you mean 'idp.example.com'?",
            in: iam(
                #"{"oidcProviders": {"arn:aws:iam::111122223333:oidc-provider/idp.example.com": {}}}"#
            )
        ),
        Row(
            "iam.audience",
            at: #""""#,
            "an audience has 1 to 255 characters",
            in: iam(#"{"oidcProviders": {"idp.example.com/realm": {"audiences": [""]}}}"#)
        ),
        Row(
            "iam.name",
            at: #""corp provider""#,
            "the name of a SAML provider has 1 to 128 letters, digits and ._-, not 'corp provider'",
            in: iam(#"{"samlProviders": {"corp provider": {}}}"#)
        ),
        Row(
            "iam.service-linked",
            at: "false",
            "a role under '/aws-service-role/' is service-linked",
            in: iam(
                #"{"roles": {"R": {\#(trust), "path": "/aws-service-role/x.amazonaws.com/", "serviceLinked": false}}}"#
            )
        ),
        Row(
            "iam.service-linked-path",
            .warning,
            at: #""R""#,
            "AWS keeps service-linked roles under '/aws-service-role/SERVICE/', not under '/'",
            in: iam(#"{"roles": {"R": {\#(trust), "serviceLinked": true}}}"#)
        ),
        Row(
            "iam.service-linked",
            at: #""P""#,
            "a service-linked role takes no permissions boundary",
            in: iam(
                #"{"managedPolicies": {"P": \#(Text.allowAll)}, "roles": {"R": {\#(trust), "path": "/aws-service-role/x.amazonaws.com/", "permissionsBoundary": "P"}}}"#
            )
        ),
    ]

    private static func federated(_ provider: String) -> String {
        iam(
            #"""
            {"oidcProviders": {"idp.example.com": {}}, "roles": {"R": {"trustPolicy": {
              "Version": "2012-10-17", "Statement": {"Effect": "Allow",
              "Principal": {"Federated": "\#(provider)"}, "Action": "sts:AssumeRoleWithWebIdentity"}}}}}
            """#
        )
    }

    static let providerRows: [Row] = [
        Row(
            "organization.missing-provider",
            .warning,
            at: #""arn:aws:iam::111122223333:oidc-provider/idp.exmaple.com""#,
            "the provider 'arn:aws:iam::111122223333:oidc-provider/idp.exmaple.com' is not listed under 'iam.oidcProviders' of the account 'app'",
            help: "did you mean 'arn:aws:iam::111122223333:oidc-provider/idp.example.com'?",
            in: federated("arn:aws:iam::111122223333:oidc-provider/idp.exmaple.com")
        ),
        Row(
            "organization.foreign-provider",
            .warning,
            at: #""arn:aws:iam::999999999999:oidc-provider/idp.example.com""#,
            "the provider 'arn:aws:iam::999999999999:oidc-provider/idp.example.com' is not in the role's account, so nobody comes by it",
            in: federated("arn:aws:iam::999999999999:oidc-provider/idp.example.com")
        ),
        Row(
            "policy.invalid-provider",
            at: #""arn:aws:iam::111122223333:oidc-provider/https://idp.example.com""#,
            "'Federated' needs the ARN of a SAML or OIDC provider, not 'arn:aws:iam::111122223333:oidc-provider/https://idp.example.com'",
            in: federated("arn:aws:iam::111122223333:oidc-provider/https://idp.example.com")
        ),
    ]

    @Test("STS-16: a provider federates into roles of its own account", arguments: providerRows)
    func providerMeaning(_ row: Row) throws { try row.expect() }

    @Test("ENT-2…14: what IAM does not take, or nobody means", arguments: entitiesRows)
    func entityMeaning(_ row: Row) throws { try row.expect() }

    @Test("STS-11: tags that AWS sets itself are taken and do not count")
    func tagsOfAWS() throws {
        let own = (1...50).map { #""k\#($0)": """# }
        let tags = (own + [#""aws:cloudformation:stack-name": "s""#]).joined(separator: ", ")
        #expect(try parse(Self.iam(#"{"users": {"u": {"tags": {\#(tags)}}}}"#)).diagnostics == [])
    }

    @Test("ENT-1: an account has up to 500 groups")
    func groups() throws {
        func groups(_ count: Int) -> String {
            let members = (1...count).map { #""g\#($0)": {}"# }.joined(separator: ", ")
            return Self.iam(#"{"groups": {\#(members)}}"#)
        }
        #expect(try parse(groups(500)).diagnostics == [])
        let problems = try parse(groups(501)).diagnostics
        #expect(problems.map(\.code) == ["quota.entities"])
        #expect(
            problems.map(\.message) == [
                "there are 501 'groups' in 'iam' of the account 'app', AWS allows 500"
            ]
        )
    }
}
