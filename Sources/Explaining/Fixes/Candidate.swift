import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage

/// One or more edits that go together and may remove what stands in the way.
struct Candidate: Sendable {
    var edits: [Fix.Edit]
    var steps: [Step]
    /// Of candidates of one family only the first that works is wanted: the others do the same in
    /// a wider way.
    var family: String?

    enum Step: Sendable {
        /// A setting that must be changed before documents are written.
        case before(OrganizationChange)
        case document(Place, DocumentEdit)
        case after(OrganizationChange)
        case context(ConditionKey, ContextValue?)
        case session(SessionPolicyEdit)
        case assume(IAMEntity)
    }

    init(_ edits: [Fix.Edit], _ steps: [Step]) {
        self.edits = edits
        self.steps = steps
    }

    init(_ reach: Fix.Reach, _ sentence: String, _ steps: [Step]) {
        self.init([Fix.Edit(reach, sentence)], steps)
    }

    func of(_ family: String) -> Candidate {
        var copy = self
        copy.family = family
        return copy
    }

    /// Two candidates with the same sentences are the same one.
    var id: [String] { edits.map(\.sentence) }
    var weight: Int { edits.map(\.reach.rawValue).reduce(0, +) }
}

/// Where a value stands that a change can write.
enum Place: Hashable, Sendable {
    case controlPolicy(ControlPolicyType, String)
    /// A path into the object of an account.
    case account(String, [String])
    case identityCenter([String])
}

/// What candidates come to together: edits of one document become one change.
struct Plan {
    var edits: [Fix.Edit] = []
    var changes: [OrganizationChange] = []
    var call = CallEdits()

    init(_ candidates: [Candidate], on state: OrganizationState) {
        var before: [OrganizationChange] = []
        var after: [OrganizationChange] = []
        var places: [Place] = []
        var documents: [Place: [DocumentEdit]] = [:]
        var seen: Set<Fix.Edit> = []
        var steps: [Candidate.Step] = []
        for candidate in candidates {
            for edit in candidate.edits where seen.insert(edit).inserted { edits.append(edit) }
            steps += candidate.steps
        }
        var written: Set<JSONOutput> = []
        for step in steps {
            switch step {
            case .before(let change):
                if written.insert(change.json).inserted { before.append(change) }
            case .after(let change):
                if written.insert(change.json).inserted { after.append(change) }
            case .document(let place, let edit):
                if documents[place] == nil { places.append(place) }
                documents[place, default: []].append(edit)
            case .context(let key, let value): call.context.set(key, to: value)
            case .session(let edit): call.sessionPolicies.append(edit)
            case .assume(let role): call.role = role
            }
        }
        let puts = places.compactMap { place in
            Self.change(place, documents[place] ?? [], state)
        }
        changes = before + puts + after
    }

    private static func change(
        _ place: Place,
        _ edits: [DocumentEdit],
        _ state: OrganizationState
    ) -> OrganizationChange? {
        let old = state.value(at: place)
        let new = edits.applied(to: old)
        switch place {
        case .controlPolicy(let type, let name):
            return new.map { .putPolicy(type, name: name, document: $0) }
                ?? .deletePolicy(type, name: name)
        case .account(let account, let path):
            if new == nil, old == nil { return nil }
            return new.map { .put(path, account: account, value: $0) }
                ?? .delete(path, account: account)
        case .identityCenter(let path):
            if new == nil, old == nil { return nil }
            let full = ["identityCenter"] + path
            return new.map { .put(full, account: nil, value: $0) } ?? .delete(full, account: nil)
        }
    }
}

extension OrganizationState {
    /// What stands at a place now.
    func value(at place: Place) -> JSONValue? {
        switch place {
        case .controlPolicy(let type, let name): return value[type.field]?[name]
        case .account(let name, let path):
            return organization.account(named: name).flatMap { value(at: path, in: $0) }
        case .identityCenter(let path): return value.value(at: ["identityCenter"] + path)
        }
    }
}
