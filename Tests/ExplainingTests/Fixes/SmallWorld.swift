import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// A small organization with the parts that a test sets, as an engineer would write it.
struct SmallWorld {
    let state: OrganizationState
    let instant = Instant(seconds: 1_767_225_600)

    init(
        scps: String = "{}",
        rcps: String = "{}",
        root: String = #""serviceControlPolicies": ["FullAWSAccess"]"#,
        app: String = #""iam": {}"#,
        data: String = #""iam": {}"#,
        fields: String = ""
    ) throws {
        let text = #"""
            {
              "organization": {"id": "o-small00001", "managementAccount": "management"},
              "serviceControlPolicies": \#(scps), "resourceControlPolicies": \#(rcps),
              "root": {
                \#(root),
                "accounts": {
                  "management": {"id": "111111111111"},
                  "app": {"id": "222222222222", \#(app)},
                  "data": {"id": "333333333333", \#(data)}
                }
              }\#(fields)
            }
            """#
        let parsed = JSONParser.parse(Array(text.utf8), file: 0)
        #expect(parsed.diagnostics.isEmpty)
        let loaded = OrganizationState.load(try #require(parsed.value))
        let problems = loaded.diagnostics.map(\.message)
        state = try #require(loaded.value, "\(problems)")
    }

    func request(
        _ principal: String,
        _ action: String,
        _ resource: String = "*",
        _ context: [String: String] = [:],
        owner: String? = nil
    ) throws -> Request {
        let resolver = CallerResolver(organization: state.organization, instant: instant)
        var request = Request(
            caller: try resolver.caller(principal),
            action: try #require(ActionName(action)),
            resource: resource,
            instant: instant
        )
        request.resourceAccount = owner.flatMap { AccountID($0) }
        for (key, value) in context.sorted(by: { $0.key < $1.key }) {
            request.context.set(ConditionKey(key), to: .single(value))
        }
        return request
    }

    /// The sentences of the fixes, each confirmed.
    func fixes(_ request: Request) -> [[String]] {
        let question = Question.request(request)
        let result = FixSearch(question, on: state).result()
        for fix in result.fixes { FixChecks.confirm(fix, of: question, on: state, "\(fix.edits)") }
        return result.fixes.map { $0.edits.map(\.sentence) }
    }

    /// The sentences of the guardrails, each confirmed.
    func guardrails(_ request: Request) -> [String] {
        let question = Question.request(request)
        let result = GuardrailSearch(question, on: state).result()
        let denials: Set<Decision.Outcome> = [.explicitDeny, .implicitDeny]
        for fix in result.fixes {
            FixChecks.confirm(fix, of: question, on: state, wanted: denials, "\(fix.edits)")
        }
        return result.fixes.flatMap { $0.edits.map(\.sentence) }
    }
}

/// Policy documents as tests write them.
enum Policies {
    static func of(_ statements: String...) -> String {
        #"{"Version": "2012-10-17", "Statement": [\#(statements.joined(separator: ", "))]}"#
    }

    static let allowAll = of(#"{"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}"#)
    static let trustService = of(
        #"{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}"#
    )
}
