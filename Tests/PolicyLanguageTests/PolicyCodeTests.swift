import JSONSource
import PolicyLanguage
import Testing

/// Each kind of mistake in a policy has a code of its own, whatever element it is made in.
@Suite("Codes of policies")
struct PolicyCodeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let code: String
        let grammar: PolicyGrammar
        let text: String

        var testDescription: String { "\(code): \(text)" }

        init(_ code: String, _ grammar: PolicyGrammar, _ text: String) {
            self.code = code
            self.grammar = grammar
            self.text = text
        }

        /// A mistake in an identity policy.
        init(_ code: String, _ text: String) {
            self.init(code, .identity, text)
        }
    }

    private static func trusting(_ principal: String) -> String {
        policy(#"{"Effect": "Allow", "Principal": \#(principal), "Action": "sts:AssumeRole"}"#)
    }

    private static func acting(_ action: String) -> String {
        policy(#"{"Effect": "Deny", "Principal": "*", "Action": \#(action), "Resource": "*"}"#)
    }

    private static let allow = #""Effect": "Allow", "Action": "s3:*", "Resource": "*""#

    static let rows: [Row] = [
        Row("policy.version", #"{"Version": "2012", "Statement": {\#(allow)}}"#),
        Row("policy.sid", policy(#"{"Sid": "a b", \#(allow)}"#)),
        Row("policy.duplicate-sid", policy(#"[{"Sid": "a", \#(allow)}, {"Sid": "a", \#(allow)}]"#)),
        Row(
            "policy.unknown-effect",
            policy(#"{"Effect": "allow", "Action": "s3:*", "Resource": "*"}"#)
        ),
        Row(
            "policy.effect-not-allowed",
            .resourceControl,
            policy(#"{"Principal": "*", \#(allow)}"#)
        ),
        Row("policy.element-not-allowed", policy(#"{"Principal": "*", \#(allow)}"#)),
        Row(
            "policy.missing-element",
            policy(#"{"Effect": "Allow", "Resource": "*"}"#)
        ),
        Row("policy.excluding-elements", policy(#"{"NotAction": "s3:*", \#(allow)}"#)),
        Row(
            "policy.empty-list",
            policy(#"{"Effect": "Allow", "Action": [], "Resource": "*"}"#)
        ),
        Row(
            "policy.invalid-action",
            policy(#"{"Effect": "Allow", "Action": "s3", "Resource": "*"}"#)
        ),
        Row("policy.action-without-service", .resourceControl, acting(#""*""#)),
        Row(
            "policy.action-of-other-service",
            .trust,
            policy(#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*"}"#)
        ),
        Row(
            "policy.invalid-resource",
            policy(#"{"Effect": "Allow", "Action": "s3:*", "Resource": "bucket"}"#)
        ),
        Row(
            "policy.character",
            policy(#"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::→"}"#)
        ),
        Row(
            "policy.invalid-condition-key",
            policy(#"{\#(allow), "Condition": {"Bool": {"MFA": "true"}}}"#)
        ),
        Row(
            "policy.unknown-operator",
            policy(#"{\#(allow), "Condition": {"StringIs": {"aws:userid": "x"}}}"#)
        ),
        Row("policy.invalid-principal", .trust, trusting(#""111122223333""#)),
        Row("policy.invalid-principal", .trust, trusting(#"{"AWS": "1111"}"#)),
        Row(
            "policy.invalid-principal",
            .trust,
            trusting(#"{"AWS": "arn:asw:iam::111122223333:role/R"}"#)
        ),
        Row(
            "policy.invalid-principal",
            .trust,
            trusting(#"{"AWS": "arn:aws:iam:eu-west-1:111122223333:role/R"}"#)
        ),
        Row("policy.empty-principal", .trust, trusting("{}")),
        Row("policy.unknown-principal-kind", .trust, trusting(#"{"Aws": "111122223333"}"#)),
        Row(
            "policy.principal-wildcard",
            .trust,
            trusting(#"{"AWS": "arn:aws:iam::111122223333:role/*"}"#)
        ),
        Row(
            "policy.group-principal",
            .trust,
            trusting(#"{"AWS": "arn:aws:iam::111122223333:group/G"}"#)
        ),
        Row("policy.invalid-service-principal", .trust, trusting(#"{"Service": "ec2"}"#)),
        Row("policy.invalid-provider", .trust, trusting(#"{"Federated": "github.com"}"#)),
        Row("policy.invalid-canonical-user", .trust, trusting(#"{"CanonicalUser": "abc"}"#)),
        Row(
            "policy.federated-outside-trust",
            .resource,
            policy(#"{"Principal": {"Federated": "accounts.google.com"}, \#(allow)}"#)
        ),
        Row(
            "policy.not-principal-with-allow",
            .resource,
            policy(#"{"NotPrincipal": {"AWS": "111122223333"}, \#(allow)}"#)
        ),
        Row(
            "policy.principal-not-everyone",
            .resourceControl,
            policy(
                #"{"Effect": "Deny", "Principal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*"}"#
            )
        ),
    ]

    @Test("GRAM-1…17, PRIN-1…13: a mistake is told by its code", arguments: rows)
    func codes(_ row: Row) {
        let parsed = parse(Array(row.text.utf8), as: row.grammar)
        #expect(parsed.diagnostics.map(\.code) == [row.code])
        #expect(parsed.value == nil)
    }

    @Test("GRAM-8: the second of two excluding elements shows the first")
    func excludingElements() throws {
        let text = policy(#"{\#(Self.allow), "NotAction": "iam:*"}"#)
        let problem = try #require(parse(Array(text.utf8), as: .identity).diagnostics.first)
        let note = try #require(problem.notes.first)
        let place = Array(text.utf8)[Int(note.span.start)..<Int(note.span.end)]
        #expect(String(decoding: place, as: UTF8.self) == #""Action""#)
        #expect(note.message == "'Action' stands here")
    }
}
