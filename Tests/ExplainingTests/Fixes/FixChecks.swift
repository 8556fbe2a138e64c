import Authorization
import Explaining
import Foundation
import JSONSource
import OrganizationModel
import PolicyLanguage
import Scenarios
import SecurityTokens
import Testing

/// What must be true of every fix, whatever it is for.
enum FixChecks {
    /// Asks again with the fix made, from its JSON as a scenario would have it; what the
    /// organization is then.
    @discardableResult static func confirm(
        _ fix: Fix,
        of question: Question,
        on state: OrganizationState,
        wanted: Set<Decision.Outcome> = [.allowed],
        _ comment: @autoclosure () -> String
    ) -> OrganizationState? {
        let changed: OrganizationState
        do throws(ChangeRefusal) {
            changed = try state.applying(fix.changes)
        } catch {
            Issue.record("\(comment()): refused: \(error.reason)")
            return nil
        }
        let answer = question.answer(Engine(changed.organization), with: fix.call)
        let outcome = answer?.decision.outcome
        #expect(
            outcome.map(wanted.contains) == true,
            "\(comment()): \(String(describing: outcome))"
        )
        #expect(!fix.edits.isEmpty)
        for edit in fix.edits {
            #expect(!edit.sentence.hasSuffix(".") && !edit.sentence.contains("\n"))
        }
        for entry in fix.call.context.entries {
            #expect(!GivenContext.isSetByAWS(entry.key), "\(comment()): \(entry.key)")
        }
        return changed
    }

    /// Every Allow statement of a document that was not there before, with what it is about.
    static func addedAllows(_ fix: Fix, on state: OrganizationState) -> [JSONOutput] {
        let old = allows(JSONOutput(state.value))
        let before = Set(old)
        return fix.changes.flatMap { change -> [JSONOutput] in
            switch change {
            case .put(_, _, let value), .putPolicy(_, _, let value):
                return allows(JSONOutput(value)).filter { statement in
                    // A public statement that names the caller has become narrower.
                    !before.contains(statement) && !old.contains { statement.narrows($0) }
                }
            default: return []
            }
        }
    }

    /// All Allow statements in a value, at any depth.
    private static func allows(_ value: JSONOutput) -> [JSONOutput] {
        switch value {
        case .object(let members):
            let own = members.contains { $0.key == "Effect" && $0.value == .string("Allow") }
            return (own ? [value] : []) + members.flatMap { allows($0.value) }
        case .array(let elements): return elements.flatMap { allows($0) }
        case .null, .bool, .integer, .number, .string: return []
        }
    }

    /// What is wider in a statement than it need be, in words; nil for an exact one.
    static func widening(in statement: JSONOutput, requests: [Request]) -> String? {
        guard case .object(let members) = statement else { return nil }
        func texts(_ name: String) -> [String] {
            switch members.first(where: { $0.key == name })?.value {
            case .string(let text): return [text]
            case .array(let list):
                return list.compactMap { if case .string(let text) = $0 { text } else { nil } }
            default: return []
            }
        }
        let actions = texts("Action")
        // What a key has that nobody gave another policy is no widening (KMS-1).
        if texts("Sid") == ["Enable IAM User Permissions"] { return nil }
        if actions.contains(where: { $0.contains("*") || $0.contains("?") }) { return "the action" }
        if !texts("NotAction").isEmpty || !texts("NotResource").isEmpty { return "the elements" }
        let isAnonymous = requests.contains {
            if case .anonymous = $0.caller { true } else { false }
        }
        // Everybody, or a whole account, but by a condition the caller alone (VPCE-2, KEY-5).
        let isNarrowed = statement.conditions.contains { $0[1] == .string("aws:PrincipalArn") }
        if texts("Principal") == ["*"], !isAnonymous, !isNarrowed { return "the principal" }
        if case .object(let names)? = members.first(where: { $0.key == "Principal" })?.value,
            names.contains(where: { $0.value.isRoot }), !isNarrowed
        {
            return "the account for its root user"
        }
        let takesNone = requests.contains { request in
            request.resource == "*" || request.resource.contains("*")
                || ["*", "arn:aws:s3:::*"].contains(Self.decidedOn(request))
        }
        if texts("Resource").contains("*"), !takesNone { return "the resource" }
        return nil
    }

    /// What an action is decided on: `*` for those that work on no resource (RES-7).
    private static func decidedOn(_ request: Request) -> String {
        let text = #"{"externalAccounts": {"a": {"id": "111122223333"}}}"#
        let value = JSONParser.parse(Array(text.utf8), file: 0).value
        let state = value.flatMap { OrganizationState.load($0).value }
        var copy = request
        copy.caller = .anonymous
        let view = state.flatMap { Engine($0.organization).view(of: copy) }
        switch view?.requested {
        case .named(let text)?: return text
        case .none?, nil: return "*"
        }
    }
}

extension JSONOutput {
    /// The statement without whom it is about.
    private var bare: JSONOutput {
        guard case .object(let members) = self else { return self }
        let whom: Set = ["Principal", "NotPrincipal", "Condition"]
        return .object(members.filter { !whom.contains($0.key) })
    }

    /// Each condition as its operator, key and values.
    fileprivate var conditions: Set<[JSONOutput]> {
        guard case .object(let members) = self,
            case .object(let groups)? = members.first(where: { $0.key == "Condition" })?.value
        else { return [] }
        var found: Set<[JSONOutput]> = []
        for group in groups {
            guard case .object(let keys) = group.value else { continue }
            for key in keys { found.insert([.string(group.key), .string(key.key), key.value]) }
        }
        return found
    }

    /// Whether it is another statement but for whom it names, with no condition less.
    fileprivate func narrows(_ other: JSONOutput) -> Bool {
        bare == other.bare && other.conditions.isSubset(of: conditions)
    }

    fileprivate var isRoot: Bool {
        if case .string(let text) = self { text.hasSuffix(":root") } else { false }
    }
}

/// The scenario files of the project.
enum ScenarioFiles {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func files(_ folder: String) -> [String] {
        let path = tests.deletingLastPathComponent().path() + folder
        let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        return (names ?? []).filter { $0.hasSuffix(".json") }.sorted().map { path + "/" + $0 }
    }

    /// Every check of a scenario that was decided, with what it was decided on.
    static func observations(_ path: String) throws -> [ScenarioReplay.Observation] {
        let reader = FileReader { path in
            FileManager.default.contents(atPath: path).map { .success(Array($0)) }
                ?? .failure(.notFound)
        }
        var scenarios = ScenarioReader(
            loader: DocumentLoader(reader: reader, sources: SourceMap())
        )
        var found: [ScenarioReplay.Observation] = []
        let scenario = scenarios.read(path)
        _ = ScenarioReplay.run(try #require(scenario)) { found.append($0) }
        return found
    }
}
