import JSONSource
import PolicyLanguage
import Testing

/// A policy of one statement of Version 2012-10-17.
func policy(_ statement: String) -> String {
    #"{"Version": "2012-10-17", "Statement": "# + statement + "}"
}

/// Reads a policy document; mistakes of JSON, such as duplicate keys, come first.
func parse(_ bytes: [UInt8], as grammar: PolicyGrammar) -> Parsed<PolicyDocument?> {
    let json = JSONParser.parse(bytes, file: 0)
    guard let value = json.value else { return Parsed(nil, json.diagnostics) }
    let parsed = PolicyParser.parse(value, as: grammar)
    return Parsed(parsed.value, json.diagnostics + parsed.diagnostics)
}

/// The document of a text that is accepted without a word.
func document(_ text: String, as grammar: PolicyGrammar = .identity) throws -> PolicyDocument {
    let parsed = parse(Array(text.utf8), as: grammar)
    #expect(parsed.diagnostics.map(\.message) == [], "\(text)")
    return try #require(parsed.value, "\(text)")
}

/// The statement of a policy that has one.
func statement(_ text: String, as grammar: PolicyGrammar = .identity) throws -> Statement {
    let statements = try document(policy(text), as: grammar).statements
    #expect(statements.count == 1)
    return try #require(statements.first)
}

/// Reads marked text and compares every diagnostic with `1️⃣ message` or `1️⃣ warning: message`.
///
/// A document stands exactly where there is no error of the policy.
func expectProblems(in text: String, as grammar: PolicyGrammar, _ expected: [String]) {
    let marked = MarkedText(text)
    let parsed = parse(marked.bytes, as: grammar)
    #expect(parsed.diagnostics.map(marked.describe) == expected, "\(text)")
    let errors = parsed.diagnostics.filter {
        $0.severity == .error && $0.code != "json.duplicate-key"
    }
    #expect((parsed.value == nil) == !errors.isEmpty, "\(text)")
}

/// A policy document that is accepted as a type of policy.
struct AcceptedPolicy: Sendable, CustomTestStringConvertible {
    let rule: String
    let text: String
    let grammar: PolicyGrammar

    init(_ rule: String, _ grammar: PolicyGrammar, _ text: String) {
        self.rule = rule
        self.grammar = grammar
        self.text = text
    }

    var testDescription: String { "\(rule), \(grammar.name): \(text)" }
}

/// A policy document with its mistakes.
struct RefusedPolicy: Sendable, CustomTestStringConvertible {
    let rule: String
    let text: String
    let grammar: PolicyGrammar
    let problems: [String]

    init(_ rule: String, _ grammar: PolicyGrammar, _ text: String, _ problems: String...) {
        self.rule = rule
        self.grammar = grammar
        self.text = text
        self.problems = problems
    }

    var testDescription: String { "\(rule), \(grammar.name): \(problems.first ?? "")" }
}
