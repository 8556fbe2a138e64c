import JSONSource
import PolicyLanguage
import Testing

@Suite("PrincipalElement")
struct PrincipalTests {
    struct Entry: CustomTestStringConvertible {
        let rule: String
        let text: String
        let entries: [PrincipalEntry]

        init(_ rule: String, _ text: String, _ entries: [PrincipalEntry]) {
            self.rule = rule
            self.text = text
            self.entries = entries
        }

        var testDescription: String { "\(rule): \(text)" }
    }

    private static func arn(_ service: String, _ resource: String) -> ARN {
        ARN(partition: "aws", service: service, account: "111122223333", resource: resource)
    }

    private static let account = AccountID("111122223333").map { PrincipalEntry.account($0) }
    private static let canonical = String(repeating: "0123456789abcdef", count: 4)

    @Test(
        "PRIN-1…5, PRIN-12, PRIN-13: a principal is read as what it names",
        arguments: [
            Entry("PRIN-5", #""*""#, [.everyone]),
            Entry("PRIN-5", #"{"AWS": "*"}"#, [.everyone]),
            Entry("PRIN-3", #"{"AWS": "111122223333"}"#, [account].compactMap(\.self)),
            Entry(
                "PRIN-3",
                #"{"AWS": "arn:aws:iam::111122223333:root"}"#,
                [account].compactMap(\.self)
            ),
            Entry(
                "PRIN-2",
                #"{"AWS": "arn:aws:iam::111122223333:user/ann"}"#,
                [.user(arn("iam", "user/ann"))]
            ),
            Entry(
                "PRIN-7",
                #"{"AWS": "arn:aws:iam::111122223333:role/team/R"}"#,
                [.role(arn("iam", "role/team/R"))]
            ),
            Entry(
                "PRIN-2",
                #"{"AWS": "arn:aws:sts::111122223333:assumed-role/R/s"}"#,
                [.assumedRole(arn("sts", "assumed-role/R/s"))]
            ),
            Entry(
                "PRIN-2",
                #"{"AWS": "arn:aws:sts::111122223333:federated-user/ann"}"#,
                [.federatedUser(arn("sts", "federated-user/ann"))]
            ),
            Entry("PRIN-8", #"{"AWS": "AROAEXAMPLEID"}"#, [.uniqueID("AROAEXAMPLEID")]),
            Entry("PRIN-8", #"{"AWS": "AIDAEXAMPLEID"}"#, [.uniqueID("AIDAEXAMPLEID")]),
            Entry(
                "PRIN-11",
                #"{"Service": ["ec2.amazonaws.com", "s3.eu-south-1.amazonaws.com"]}"#,
                [.service("ec2.amazonaws.com"), .service("s3.eu-south-1.amazonaws.com")]
            ),
            Entry(
                "PRIN-12",
                #"{"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}"#,
                [.federated("arn:aws:iam::111122223333:saml-provider/corp")]
            ),
            Entry(
                "PRIN-12",
                #"{"Federated": "arn:aws:iam::111122223333:oidc-provider/host/path"}"#,
                [.federated("arn:aws:iam::111122223333:oidc-provider/host/path")]
            ),
            Entry(
                "PRIN-12",
                #"{"Federated": ["cognito-identity.amazonaws.com", "accounts.google.com"]}"#,
                [.federated("cognito-identity.amazonaws.com"), .federated("accounts.google.com")]
            ),
            Entry("PRIN-13", #"{"CanonicalUser": "\#(canonical)"}"#, [.canonicalUser(canonical)]),
            Entry(
                "PRIN-1",
                #"{"Service": "ec2.amazonaws.com", "AWS": ["111122223333", "*"]}"#,
                [.service("ec2.amazonaws.com"), account, .everyone].compactMap(\.self)
            ),
        ]
    )
    func entries(_ row: Entry) throws {
        let text = #"{"Effect": "Allow", "Principal": \#(row.text), "Action": "sts:AssumeRole"}"#
        #expect(try statement(text, as: .trust).principal?.entries == row.entries)
    }

    @Test("PRIN-8: users and roles are the principals that saving binds to an entity")
    func boundEntities() throws {
        #expect(
            PrincipalEntry.user(Self.arn("iam", "user/ann")).entityARN
                == Self.arn("iam", "user/ann")
        )
        #expect(
            PrincipalEntry.role(Self.arn("iam", "role/R")).entityARN == Self.arn("iam", "role/R")
        )
        #expect(PrincipalEntry.assumedRole(Self.arn("sts", "assumed-role/R/s")).entityARN == nil)
        #expect(PrincipalEntry.everyone.entityARN == nil)
        #expect(try #require(Self.account).entityARN == nil)
        #expect(PrincipalEntry.service("ec2.amazonaws.com").entityARN == nil)
    }

    @Test(
        "PRIN-1, PRIN-4, PRIN-6: what cannot be a principal is refused",
        arguments: [
            refused(
                "PRIN-1",
                #"1️⃣"111122223333""#,
                #"1️⃣ 'Principal' must be "*" or an object such as {"AWS": …}"#
            ),
            refused(
                "PRIN-1",
                #"1️⃣["*"]"#,
                #"1️⃣ 'Principal' must be "*" or an object such as {"AWS": …}"#
            ),
            refused("PRIN-1", "1️⃣{}", "1️⃣ 'Principal' names nobody"),
            refused(
                "PRIN-1",
                #"{1️⃣"aws": "*"}"#,
                "1️⃣ unknown kind of principal 'aws', did you mean 'AWS'?"
            ),
            refused(
                "PRIN-1",
                #"{"AWS": 1️⃣7}"#,
                "1️⃣ 'AWS' must be a string or a list of strings, not a number"
            ),
            refused(
                "PRIN-1",
                #"{"AWS": ["*", 1️⃣null]}"#,
                "1️⃣ an element of 'AWS' must be a string, not null"
            ),
            refused(
                "PRIN-2",
                #"{"AWS": 1️⃣"ann"}"#,
                "1️⃣ 'ann' is not a principal: expected an account id or an IAM ARN"
            ),
            refused(
                "PRIN-2",
                #"{"AWS": 1️⃣"11112222333"}"#,
                "1️⃣ '11112222333' is not a principal: expected an account id or an IAM ARN"
            ),
            refused(
                "PRIN-2",
                #"{"AWS": 1️⃣"arn:aws:iam::2222:role/R"}"#,
                "1️⃣ 'arn:aws:iam::2222:role/R' has no account id of 12 digits"
            ),
            refused(
                "PRIN-2",
                #"{"AWS": 1️⃣"arn:aws:s3:::b"}"#,
                "1️⃣ 'arn:aws:s3:::b' has no account id of 12 digits"
            ),
            refused(
                "PRIN-2",
                #"{"AWS": 1️⃣"arn:aws:sqs:eu-west-1:111122223333:q"}"#,
                "1️⃣ 'arn:aws:sqs:eu-west-1:111122223333:q' cannot be a principal: expected a user, a role or a session"
            ),
            refused(
                "PRIN-2",
                #"{"AWS": 1️⃣"arn:aws:iam::111122223333:role"}"#,
                "1️⃣ 'arn:aws:iam::111122223333:role' cannot be a principal: expected a user, a role or a session"
            ),
            refused(
                "PRIN-2",
                #"{"AWS": 1️⃣"arn:aws:iam::111122223333:user/"}"#,
                "1️⃣ 'arn:aws:iam::111122223333:user/' cannot be a principal: expected a user, a role or a session"
            ),
            refused(
                "PRIN-2",
                #"{"AWS": 1️⃣"arn:aws:iam::111122223333:root/x"}"#,
                "1️⃣ 'arn:aws:iam::111122223333:root/x' cannot be a principal: expected a user, a role or a session"
            ),
            refused(
                "PRIN-4",
                #"{"AWS": 1️⃣"arn:aws:iam::111122223333:role/*"}"#,
                #"1️⃣ 'arn:aws:iam::111122223333:role/*': a principal takes no wildcard but "*" alone"#
            ),
            refused(
                "PRIN-4",
                #"{"AWS": 1️⃣"arn:aws:iam::111122223333:role/R?"}"#,
                #"1️⃣ 'arn:aws:iam::111122223333:role/R?': a principal takes no wildcard but "*" alone"#
            ),
            refused(
                "PRIN-4",
                #"{"Service": 1️⃣"*"}"#,
                "1️⃣ 'Service' needs a service principal such as ec2.amazonaws.com, not '*'"
            ),
            refused(
                "PRIN-4",
                #"{"Federated": 1️⃣"*"}"#,
                "1️⃣ 'Federated' needs the ARN of a SAML or OIDC provider, not '*'"
            ),
            refused(
                "PRIN-4",
                #"{"CanonicalUser": 1️⃣"*"}"#,
                "1️⃣ 'CanonicalUser' needs 64 hexadecimal digits, not '*'"
            ),
            refused(
                "PRIN-6",
                #"{"AWS": 1️⃣"arn:aws:iam::111122223333:group/G"}"#,
                "1️⃣ 'arn:aws:iam::111122223333:group/G': a group cannot be a principal"
            ),
            refused(
                "PRIN-6",
                #"{"AWS": 1️⃣"arn:aws:iam::111122223333:instance-profile/p"}"#,
                "1️⃣ 'arn:aws:iam::111122223333:instance-profile/p' cannot be a principal: expected a user, a role or a session"
            ),
            refused(
                "PRIN-11",
                #"{"Service": ["ec2.amazonaws.com", 1️⃣"ec2"]}"#,
                "1️⃣ 'Service' needs a service principal such as ec2.amazonaws.com, not 'ec2'"
            ),
            refused(
                "PRIN-12",
                #"{"Federated": 1️⃣"arn:aws:iam::111122223333:role/R"}"#,
                "1️⃣ 'Federated' needs the ARN of a SAML or OIDC provider, not 'arn:aws:iam::111122223333:role/R'"
            ),
        ]
    )
    func refusedPrincipals(_ row: RefusedPolicy) {
        expectProblems(in: row.text, as: row.grammar, row.problems)
    }

    private static func refused(
        _ rule: String,
        _ principal: String,
        _ problem: String
    ) -> RefusedPolicy {
        let text = #"{"Effect": "Allow", "Principal": \#(principal), "Action": "sts:AssumeRole"}"#
        return RefusedPolicy(rule, .trust, policy(text), problem)
    }

    @Test(
        "PRIN-12: Federated stands in role trust policies only",
        arguments: [PolicyGrammar.resource, .vpcEndpoint]
    )
    func federatedElsewhere(_ grammar: PolicyGrammar) {
        expectProblems(
            in: policy(
                #"{"Effect": "Allow", "Principal": {"Federated": 1️⃣"accounts.google.com"}, "Action": "s3:*", "Resource": "*"}"#
            ),
            as: grammar,
            ["1️⃣ 'Federated' is for role trust policies only"]
        )
    }

    @Test("PRIN-13: a CloudFront origin access identity counts as a canonical user")
    func originAccessIdentity() throws {
        let text = #"""
            {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"},
             "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
            """#
        let entries = try statement(text, as: .resource).principal?.entries
        #expect(
            entries == [
                .canonicalUser("arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1")
            ]
        )
    }
}
