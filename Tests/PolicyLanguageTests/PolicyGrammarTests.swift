import JSONSource
import PolicyLanguage
import Testing

/// What each type of policy may contain: the table 1.2 of the semantics.
@Suite("PolicyGrammar")
struct PolicyGrammarTests {
    private static let boundTo = #""Principal": {"AWS": "111122223333"}"#

    @Test(
        "every type takes what its row of the table allows",
        arguments: [
            AcceptedPolicy(
                "GRAM-6",
                .identity,
                policy(
                    #"{"Sid": "", "Effect": "Deny", "NotAction": "*", "NotResource": "arn:aws:s3:::b"}"#
                )
            ),
            AcceptedPolicy(
                "GRAM-16",
                .session,
                policy(
                    #"{"Sid": "A1", "Effect": "Deny", "NotAction": "s3:*", "NotResource": "arn:aws:s3:::b"}"#
                )
            ),
            AcceptedPolicy(
                "GRAM-5, GRAM-6",
                .resource,
                #"""
                {"Version": "2008-10-17", "Id": "queue/policy", "Statement": [
                  {"Sid": "same-one", "Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"},
                  {"Sid": "same-one", "Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"},
                   "NotAction": "sqs:*", "NotResource": "*"}
                ]}
                """#
            ),
            AcceptedPolicy(
                "RES-9",
                .resource,
                policy(#"{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}"#)
            ),
            AcceptedPolicy(
                "GRAM-5",
                .trust,
                #"""
                {"Version": "2012-10-17", "Id": "trust", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": ["sts:AssumeRole", "sts:TagSession"]},
                  {"Effect": "Deny", "Principal": "*", "NotAction": "sts:*"}
                ]}
                """#
            ),
            AcceptedPolicy(
                "GRAM-17",
                .serviceControl,
                policy(
                    #"""
                    [{"Sid": "any text", "Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::b/*"},
                     {"Sid": "any text", "Effect": "Allow", "Action": "s3:*et*bject", "Resource": "arn:aws:s3:::b/*",
                      "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}},
                     {"Effect": "Deny", "Action": "*", "Resource": "*"}]
                    """#
                )
            ),
            AcceptedPolicy(
                "GRAM-2",
                .serviceControl,
                #"{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}"#
            ),
            AcceptedPolicy(
                "RCP-4",
                .resourceControl,
                policy(
                    #"""
                    [{"Effect": "Deny", "Principal": "*", "Action": ["s3:*", "sqs:Send*"], "Resource": "*",
                      "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}},
                     {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "NotResource": "arn:aws:s3:::b/*"}]
                    """#
                )
            ),
            AcceptedPolicy(
                "VPCE-1",
                .vpcEndpoint,
                #"""
                {"Version": "2008-10-17", "Id": "endpoint", "Statement": [
                  {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
                  {"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "NotAction": "s3:*", "NotResource": "*"}
                ]}
                """#
            ),
        ]
    )
    func accepted(_ row: AcceptedPolicy) throws {
        _ = try document(row.text, as: row.grammar)
    }

    @Test(
        "GRAM-5: Id stands in policies of resources, roles and endpoints only",
        arguments: [PolicyGrammar.identity, .session, .serviceControl, .resourceControl]
    )
    func ids(_ grammar: PolicyGrammar) {
        let principal = grammar == .resourceControl ? #""Principal": "*", "# : ""
        expectProblems(
            in:
                #"{"Version": "2012-10-17", 1️⃣"Id": "x", "Statement": {"Effect": "Deny", \#(principal)"Action": "s3:*", "Resource": "*"}}"#,
            as: grammar,
            ["1️⃣ 'Id' is not allowed in \(grammar.name)"]
        )
    }

    @Test(
        "Principal and NotPrincipal stand in no policy of an identity and in no SCP",
        arguments: [PolicyGrammar.identity, .session, .serviceControl],
        ["Principal", "NotPrincipal"]
    )
    func forbiddenPrincipals(_ grammar: PolicyGrammar, _ element: String) {
        expectProblems(
            in: policy(#"{"Effect": "Deny", 1️⃣"\#(element)": "*", "Action": "*", "Resource": "*"}"#),
            as: grammar,
            ["1️⃣ '\(element)' is not allowed in \(grammar.name)"]
        )
    }

    @Test(
        "a policy of a resource, role, endpoint or RCP needs a Principal",
        arguments: [PolicyGrammar.resource, .vpcEndpoint, .trust, .resourceControl]
    )
    func missingPrincipals(_ grammar: PolicyGrammar) {
        let resource = grammar == .trust ? "" : #", "Resource": "*""#
        let action = grammar == .trust ? "sts:AssumeRole" : "s3:*"
        expectProblems(
            in: policy(#"1️⃣{"Effect": "Deny", "Action": "\#(action)"\#(resource)}"#),
            as: grammar,
            ["1️⃣ the statement needs 'Principal' in \(grammar.name)"]
        )
    }

    @Test(
        "Resource is needed everywhere but in policies of resources and roles",
        arguments: [
            PolicyGrammar.identity, .session, .serviceControl, .resourceControl, .vpcEndpoint,
        ]
    )
    func missingResources(_ grammar: PolicyGrammar) {
        let hasPrincipal = grammar == .resourceControl || grammar == .vpcEndpoint
        let principal = hasPrincipal ? #""Principal": "*", "# : ""
        expectProblems(
            in: policy(#"1️⃣{"Effect": "Deny", \#(principal)"Action": "s3:*"}"#),
            as: grammar,
            ["1️⃣ the statement needs 'Resource' or 'NotResource'"]
        )
    }

    @Test(
        "what a type does not allow is refused at its element",
        arguments: [
            RefusedPolicy(
                "trust: Resource",
                .trust,
                policy(
                    #"{"Effect": "Allow", \#(boundTo), "Action": "sts:AssumeRole", 1️⃣"Resource": "*"}"#
                ),
                "1️⃣ 'Resource' is not allowed in a role trust policy"
            ),
            RefusedPolicy(
                "trust: NotResource",
                .trust,
                policy(
                    #"{"Effect": "Deny", \#(boundTo), "Action": "sts:AssumeRole", 1️⃣"NotResource": "arn:aws:s3:::b"}"#
                ),
                "1️⃣ 'NotResource' is not allowed in a role trust policy"
            ),
            RefusedPolicy(
                "trust: NotPrincipal",
                .trust,
                policy(
                    #"{"Effect": "Deny", 1️⃣"NotPrincipal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}"#
                ),
                "1️⃣ 'NotPrincipal' is not allowed in a role trust policy"
            ),
            RefusedPolicy(
                "GRAM-16",
                .resource,
                policy(
                    #"{"Effect": "Allow", 1️⃣"NotPrincipal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*"}"#
                ),
                #"1️⃣ 'NotPrincipal' is not allowed with "Allow""#
            ),
            RefusedPolicy(
                "RCP-4: Allow",
                .resourceControl,
                policy(
                    #"{"Effect": 1️⃣"Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#
                ),
                #"1️⃣ 'Effect' of a resource control policy must be "Deny""#
            ),
            RefusedPolicy(
                "RCP-4: NotAction",
                .resourceControl,
                policy(
                    #"{"Effect": "Deny", "Principal": "*", 1️⃣"NotAction": "s3:*", "Resource": "*"}"#
                ),
                "1️⃣ 'NotAction' is not allowed in a resource control policy"
            ),
            RefusedPolicy(
                "RCP-4: every action",
                .resourceControl,
                policy(
                    #"{"Effect": "Deny", "Principal": "*", "Action": ["s3:*", 1️⃣"*", 2️⃣"*:*"], "Resource": "*"}"#
                ),
                "1️⃣ '*' needs a service prefix in a resource control policy, such as 's3:*'",
                "2️⃣ '*:*' needs a service prefix in a resource control policy, such as 's3:*'"
            ),
            RefusedPolicy(
                "RCP-4: NotPrincipal",
                .resourceControl,
                policy(
                    #"{"Effect": "Deny", 1️⃣"NotPrincipal": "*", "Action": "s3:*", "Resource": "*"}"#
                ),
                "1️⃣ 'NotPrincipal' is not allowed in a resource control policy"
            ),
            RefusedPolicy(
                "RCP-4: a named principal",
                .resourceControl,
                policy(
                    #"{"Effect": "Deny", "Principal": 1️⃣{"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*"}"#
                ),
                #"1️⃣ 'Principal' of a resource control policy must be "*""#
            ),
            RefusedPolicy(
                "RCP-4: everyone in an object",
                .resourceControl,
                policy(
                    #"{"Effect": "Deny", "Principal": 1️⃣{"AWS": "*"}, "Action": "s3:*", "Resource": "*"}"#
                ),
                #"1️⃣ 'Principal' of a resource control policy must be "*""#
            ),
            RefusedPolicy(
                "RCP-4: no Version",
                .resourceControl,
                #"1️⃣{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}"#,
                #"1️⃣ a resource control policy needs a 'Version' of "2012-10-17""#
            ),
            RefusedPolicy(
                "RCP-4: old Version",
                .resourceControl,
                #"{"Version": 1️⃣"2008-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}"#,
                #"1️⃣ 'Version' of a resource control policy must be "2012-10-17""#
            ),
        ]
    )
    func refused(_ row: RefusedPolicy) {
        expectProblems(in: row.text, as: row.grammar, row.problems)
    }

    @Test(
        "semantics 1.2: a role trust policy takes only sts actions",
        arguments: ["s3:GetObject", "iam:PassRole", "ec2:*"]
    )
    func actionsOfTrustPolicies(_ action: String) throws {
        let text = policy(
            #"{"Effect": "Allow", \#(Self.boundTo), "Action": ["sts:AssumeRole", 1️⃣"\#(action)"]}"#
        )
        let marked = MarkedText(text)
        let parsed = parse(marked.bytes, as: .trust)
        #expect(parsed.value == nil)
        let problem = try #require(parsed.diagnostics.first)
        #expect(marked.describe(problem).hasPrefix("1️⃣ "))
        #expect(problem.message.contains("'\(action)'"))
    }
}
