import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage

/// Goes through an organization and its file side by side: what policies say is known of the
/// organization, where they are attached only of the file.
struct InventoryReader {
    let organization: Organization
    let file: JSONValue
    private(set) var statements: [CountedStatement] = []
    private(set) var conditions: [CountedCondition] = []
    private(set) var places: [CountedPlace] = []
    private(set) var statementSpans: Set<SourceSpan> = []
    private(set) var attachments: [AttachmentKey: [SourceSpan]] = [:]
    private(set) var assignments: [AssignmentKey: [Assignee]] = [:]
    private var conditionSpans: Set<SourceSpan> = []
    /// Control policies by name, attached or not.
    private var controlPolicies: [ControlPolicyType: [String: PolicyKey]] = [:]

    init(_ state: OrganizationState) {
        organization = state.organization
        file = state.value
    }

    mutating func read() {
        for type in ControlPolicyType.allCases { readControlPolicies(type) }
        if let root = file["root"] { readUnit(root, path: "Root") }
        for member in file["externalAccounts"]?.members ?? [] { readAccount(member) }
        if let center = file["identityCenter"] { readIdentityCenter(center) }
    }
}

// What is found.
extension InventoryReader {
    /// A document that stands in a file, once however often it is attached.
    mutating func add(_ document: PolicyDocument, as type: PolicyType, named name: String) {
        let policy = CountedPolicy(type: type, name: name)
        for statement in document.statements {
            // Nobody wrote what stands for a policy that could not be read.
            guard statement.span != .nowhere, !statement.standsForMissing,
                statementSpans.insert(statement.span).inserted
            else {
                continue
            }
            let counted = CountedStatement(
                policy: policy,
                label: statement.label,
                effect: statement.effect,
                span: statement.span
            )
            statements.append(counted)
            for condition in statement.conditions
            where conditionSpans.insert(condition.span).inserted {
                conditions.append(
                    CountedCondition(
                        policy: policy,
                        statement: statement.label,
                        text: "\(condition.operator) \(condition.key)",
                        span: condition.span
                    )
                )
            }
        }
    }

    /// A place where a policy is attached, under everything by which it is found again.
    mutating func add(
        _ kind: CountedPlace.Kind,
        _ text: String,
        at span: SourceSpan,
        keys: [AttachmentKey]
    ) {
        guard span != .nowhere else { return }
        places.append(CountedPlace(kind: kind, text: text, span: span))
        for key in keys { attachments[key, default: []].append(span) }
    }

    mutating func add(_ assignee: Assignee, _ text: String, for key: AssignmentKey) {
        add(.attachment, text, at: assignee.place, keys: [])
        assignments[key, default: []].append(assignee)
    }

    /// A document that no entity of the organization need have; nil also for one that nobody could
    /// read, of which no check says whether it decided.
    func document(_ value: JSONValue, as grammar: PolicyGrammar) -> PolicyDocument? {
        MissingPolicy.reason(value) == nil ? PolicyParser.parse(value, as: grammar).value : nil
    }
}

// Control policies.
extension InventoryReader {
    private mutating func readControlPolicies(_ type: ControlPolicyType) {
        var known: [String: PolicyKey] = [:]
        if let name = type.fullAccess.name { known[name] = PolicyKey(type.fullAccess) }
        for member in file[type.field]?.members ?? [] {
            guard let document = document(member.value, as: type.grammar) else { continue }
            add(document, as: type.policyType, named: member.key)
            known[member.key] = .written(name: member.key, document.span)
        }
        controlPolicies[type] = known
    }

    // Units nest as deep as the file, which is not deep.
    private mutating func readUnit(_ unit: JSONValue, path: String) {
        readControlAttachments(of: unit, to: .unit(path), called: path)
        for member in unit["accounts"]?.members ?? [] { readAccount(member) }
        for member in unit["organizationalUnits"]?.members ?? [] {
            readUnit(member.value, path: path + "/" + member.key)
        }
    }

    mutating func readControlAttachments(
        of value: JSONValue,
        to holder: AttachmentKey.Holder,
        called name: String
    ) {
        for type in ControlPolicyType.allCases {
            for element in value[type.field]?.elements ?? [] {
                guard let policy = element.string, let key = controlPolicies[type]?[policy] else {
                    continue
                }
                // RCPFullAWSAccess is always there and decides nothing (RCP-2).
                if type == .resourceControlPolicy, policy == type.fullAccess.name { continue }
                let found = AttachmentKey(holder: holder, type: type.policyType, policy: key)
                add(.attachment, "\(policy) at \(name)", at: element.span, keys: [found])
            }
        }
    }
}

extension ControlPolicyType {
    fileprivate var policyType: PolicyType {
        switch self {
        case .serviceControlPolicy: .serviceControlPolicy
        case .resourceControlPolicy: .resourceControlPolicy
        }
    }

    fileprivate var grammar: PolicyGrammar {
        switch self {
        case .serviceControlPolicy: .serviceControl
        case .resourceControlPolicy: .resourceControl
        }
    }
}
