import History
import Testing

/// Callers of accounts that are in no file, and those that have no role yet.
@Suite("Recorded calls of outsiders")
struct OutsiderTests {
    private static let organization = #"""
        {
          "organization": { "id": "o-acmecorp01", "managementAccount": "management" },
          "root": { "accounts": {
            "management": { "id": "111111111111" },
            "shop": { "id": "222222222222", "iam": {
              "oidcProviders": { "id.example.com": { "audiences": ["sts.amazonaws.com"] } },
              "roles": {
                "Vendor": { "trustPolicy": { "Version": "2012-10-17", "Statement": [ {
                  "Effect": "Allow", "Principal": { "AWS": "999999999999" },
                  "Action": "sts:AssumeRole",
                  "Condition": { "StringEquals": { "sts:ExternalId": "x-1" } } } ] } },
                "Named": { "trustPolicy": { "Version": "2012-10-17", "Statement": [ {
                  "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::999999999999:role/tool" },
                  "Action": "sts:AssumeRole" } ] } },
                "Build": { "trustPolicy": { "Version": "2012-10-17", "Statement": [ {
                  "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": { "Federated":
                    "arn:aws:iam::222222222222:oidc-provider/id.example.com" },
                  "Condition": { "StringEquals": { "id.example.com:sub": "main" } } } ] } }
              } } } } }
        }
        """#

    /// An RCP that keeps everybody else out of roles.
    private static let perimeter = #"""
        {"resourceControlPolicies": {"Perimeter": {"Version": "2012-10-17", "Statement": [
          {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole*", "Resource": "*",
           "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-acmecorp01"}}}]}},
         "root": {"resourceControlPolicies": ["Perimeter"]}}
        """#

    private static func record(
        _ name: String = "AssumeRole",
        role: String = "Vendor",
        externalID: String = "x-1",
        identity: String =
            #"{"type":"AWSAccount","principalId":"AIDAX","accountId":"999999999999"}"#,
        more: String = ""
    ) -> String {
        #"""
        {"userIdentity":\#(identity),"eventTime":"2026-11-20T09:00:00Z","eventSource":"sts.amazonaws.com","eventName":"\#(name)","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.9","requestParameters":{"roleArn":"arn:aws:iam::222222222222:role/\#(role)","roleSessionName":"s","externalId":"\#(externalID)"},"eventType":"AwsApiCall","tlsDetails":{"tlsVersion":"TLSv1.3"}\#(more)}
        """#
    }

    private static let denied = #","errorCode":"AccessDenied","errorMessage":"Access Denied""#

    private func replay(_ record: String) throws -> ReplaySummary {
        try ReplayedWorld(Self.organization, overlays: [Self.perimeter]).replay(record)
    }

    private func reproduction(_ summary: ReplaySummary) -> Reproduction? {
        Reproduction.allCases.first { summary.count($0) == 1 }
    }

    @Test("the role's trust decides, what the caller's own policies say is open (STS-2, RCP-7)")
    func vendor() throws {
        let allowed = try replay(Self.record())
        #expect(reproduction(allowed) == .consistent)
        #expect(allowed.count(.newlyDenied, under: 0) == 1)
        let guessed = try replay(Self.record(externalID: "guess", more: Self.denied))
        #expect(reproduction(guessed) == .reproduced)
        #expect(guessed.count(.same, under: 0) == 1)
        let wrong = try replay(Self.record(externalID: "guess"))
        #expect(reproduction(wrong) == .contradicted)
    }

    @Test("where a policy names somebody of the account, who called must be recorded")
    func named() throws {
        #expect(reproduction(try replay(Self.record(role: "Named"))) == .notModelled)
        let tool = #"""
            {"type":"AssumedRole","principalId":"AROAX:s","arn":"arn:aws:sts::999999999999:assumed-role/tool/s","accountId":"999999999999","sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::999999999999:role/tool"}}}
            """#
        let summary = try replay(Self.record(role: "Named", identity: tool))
        #expect(reproduction(summary) == .consistent)
        let other = tool.replacing("tool", with: "other")
        #expect(
            reproduction(try replay(Self.record(role: "Named", identity: other))) == .contradicted
        )
    }

    @Test("what goes on between accounts that are in no file is not asked")
    func outside() throws {
        let record = Self.record().replacing("222222222222", with: "333333333333")
        let summary = try replay(record)
        #expect(reproduction(summary) == .notModelled)
        #expect(summary.count(.notAsked, under: 0) == 1)
    }

    @Test("somebody with a token is asked about by what it says of him (STS-16, KEY-8)")
    func token() throws {
        func identity(_ subject: String) -> String {
            let provider = "arn:aws:iam::222222222222:oidc-provider/id.example.com"
            return #"""
                {"type":"WebIdentityUser","principalId":"\#(provider):sts.amazonaws.com:\#(subject)","userName":"\#(subject)","identityProvider":"\#(provider)"}
                """#
        }
        func record(_ subject: String, _ more: String = "") -> String {
            Self.record(
                "AssumeRoleWithWebIdentity",
                role: "Build",
                identity: identity(subject),
                more: more
            )
        }
        let main = try replay(record("main"))
        #expect(reproduction(main) == .reproduced)
        #expect(main.count(.newlyDenied, under: 0) == 1)
        #expect(reproduction(try replay(record("pull", Self.denied))) == .reproduced)
        #expect(reproduction(try replay(record("pull"))) == .contradicted)
    }
}
