import JSONSource
import Mutation
import Testing

/// What each operator makes of a statement: small faults, each a document AWS would take.
@Suite("Faults in statements")
struct OperatorTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let kind: MutationOperator
        let statement: String
        /// The statements that come of it, as they are written.
        let mutants: [String]

        init(_ kind: MutationOperator, _ statement: String, _ mutants: [String]) {
            self.kind = kind
            self.statement = statement
            self.mutants = mutants
        }

        var testDescription: String { "\(kind.rawValue) \(statement)" }
    }

    private static func deny(_ elements: String) -> String {
        #"{"Effect":"Deny",\#(elements)}"#
    }

    private static let everything = #""Action":"s3:GetObject","Resource":"*""#

    private static func when(_ condition: String) -> String {
        deny(#"\#(everything),"Condition":{\#(condition)}"#)
    }

    static let rows: [Row] = [
        // Statements behind it keep their numbers.
        Row(
            .dropStatement,
            deny(everything),
            [#"{"Effect":"Deny","Action":"sts:-","Resource":"*"}"#]
        ),
        Row(
            .dropCondition,
            when(#""StringEquals":{"aws:a":"1","aws:b":"2"}"#),
            [when(#""StringEquals":{"aws:b":"2"}"#), when(#""StringEquals":{"aws:a":"1"}"#)]
        ),
        Row(.dropCondition, when(#""Bool":{"aws:a":"true"}"#), [deny(everything)]),
        Row(
            .flipOperator,
            when(#""StringLike":{"aws:a":"x"}"#),
            [when(#""StringNotLike":{"aws:a":"x"}"#)]
        ),
        // COND-5: what is behind the operator stays.
        Row(
            .flipOperator,
            when(#""ForAnyValue:StringNotEqualsIfExists":{"aws:a":"x"}"#),
            [when(#""ForAnyValue:StringEqualsIfExists":{"aws:a":"x"}"#)]
        ),
        Row(
            .flipOperator,
            when(#""NumericLessThan":{"aws:a":"5"}"#),
            [when(#""NumericGreaterThanEquals":{"aws:a":"5"}"#)]
        ),
        Row(
            .flipOperator,
            when(#""Bool":{"aws:a":true}"#),
            [when(#""Bool":{"aws:a":"false"}"#)]
        ),
        Row(
            .flipOperator,
            when(#""Null":{"aws:a":"false"}"#),
            [when(#""Null":{"aws:a":"true"}"#)]
        ),
        // The opposite has the key already: both cannot stand there (GRAM-12).
        Row(
            .flipOperator,
            when(#""StringEquals":{"aws:a":"x"},"StringNotEquals":{"aws:A":"y"}"#),
            []
        ),
        Row(
            .addIfExists,
            when(#""StringEquals":{"aws:a":"x"}"#),
            [when(#""StringEqualsIfExists":{"aws:a":"x"}"#)]
        ),
        Row(
            .dropIfExists,
            when(#""BoolIfExists":{"aws:a":"false"}"#),
            [when(#""Bool":{"aws:a":"false"}"#)]
        ),
        Row(.addIfExists, when(#""Null":{"aws:a":"true"}"#), []),
        Row(
            .swapQuantifier,
            when(#""ForAllValues:StringEquals":{"aws:a":"x"}"#),
            [when(#""ForAnyValue:StringEquals":{"aws:a":"x"}"#)]
        ),
        Row(
            .widenWildcard,
            deny(#""Action":"s3:GetObject*","Resource":"arn:aws:s3:::b/*""#),
            [
                deny(#""Action":"s3:*","Resource":"arn:aws:s3:::b/*""#),
                deny(#""Action":"s3:GetObject*","Resource":"*""#),
            ]
        ),
        Row(
            .narrowWildcard,
            deny(#""Action":"s3:GetObject*","Resource":"arn:aws:s3:::b/*""#),
            [
                deny(#""Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*""#),
                deny(#""Action":"s3:GetObject*","Resource":"arn:aws:s3:::b/""#),
            ]
        ),
        Row(
            .narrowWildcard,
            when(#""StringLike":{"aws:a":["x*","y"]}"#),
            [when(#""StringLike":{"aws:a":["x","y"]}"#)]
        ),
        // Without wildcards: for StringEquals `*` is a letter like any other (COND-14).
        Row(.narrowWildcard, when(#""StringEquals":{"aws:a":"x*"}"#), []),
        Row(
            .dropValue,
            deny(#""Action":["s3:GetObject","s3:PutObject"],"Resource":"*""#),
            [
                deny(#""Action":["s3:PutObject"],"Resource":"*""#),
                deny(#""Action":["s3:GetObject"],"Resource":"*""#),
            ]
        ),
        // The last value goes with its statement or condition only.
        Row(.dropValue, deny(#""Action":["s3:GetObject"],"Resource":"*""#), []),
        Row(
            .dropExemption,
            deny(#""NotAction":["s3:GetObject","s3:PutObject"],"Resource":"*""#),
            [
                deny(#""NotAction":["s3:PutObject"],"Resource":"*""#),
                deny(#""NotAction":["s3:GetObject"],"Resource":"*""#),
            ]
        ),
        Row(
            .dropExemption,
            deny(#""NotAction":"s3:GetObject","Resource":"*""#),
            [deny(#""Resource":"*","Action":"*""#)]
        ),
        Row(
            .dropExemption,
            when(#""ArnNotLike":{"aws:PrincipalArn":["arn:1","arn:2"]}"#),
            [
                when(#""ArnNotLike":{"aws:PrincipalArn":["arn:2"]}"#),
                when(#""ArnNotLike":{"aws:PrincipalArn":["arn:1"]}"#),
            ]
        ),
    ]

    @Test("a fault is as small as it can be", arguments: rows)
    func yields(row: Row) throws {
        let world = try MutationWorld(scp: row.statement, steps: "")
        let found = world.plan.mutants.filter { $0.kind == row.kind }.compactMap { mutant in
            world.plan.files(of: mutant).first?.file["serviceControlPolicies"]?["G"]?["Statement"]?
                .elements?.first.map { JSONOutput($0).compact }
        }
        // Faults elsewhere in the organization leave the statement alone.
        let own = found.filter { $0 != JSONOutput.compacted(row.statement) }
        #expect(own == row.mutants)
    }

    @Test("a fault is named the same in every run, and unlike all others")
    func identities() throws {
        let statement = Self.when(#""StringNotEquals":{"aws:a":["1","2"]}"#)
        let ids = try (0..<2).map { _ in
            try MutationWorld(scp: statement, steps: "").plan.mutants.map(\.id)
        }
        #expect(ids[0] == ids[1])
        #expect(Set(ids[0]).count == ids[0].count)
    }
}

extension JSONOutput {
    /// A text of JSON without spaces.
    static func compacted(_ text: String) -> String? {
        JSONParser.parse(Array(text.utf8), file: 0).value.map { JSONOutput($0).compact }
    }
}
