package import Authorization
package import JSONSource
package import OrganizationModel
import PolicyLanguage

/// A set of edits that turns a verdict; the engine has been asked again with all of them made.
package struct Fix: Sendable {
    package let edits: [Edit]
    /// What is to be changed in the organization, in this order.
    package let changes: [OrganizationChange]
    /// What is to be changed in the request itself.
    package let call: CallEdits
    /// The answer with the edits made.
    package let decision: Decision

    /// One thing to do, as a sentence for whoever does it.
    package struct Edit: Sendable, Hashable {
        package let sentence: String
        package let reach: Reach

        init(_ reach: Reach, _ sentence: String) {
            self.sentence = sentence
            self.reach = reach
        }
    }

    /// How much an edit changes: the order of fixes with as many edits.
    package enum Reach: Int, Sendable, Comparable, CaseIterable {
        /// The caller passes something else along; nothing in the organization changes.
        case call = 1
        /// A tag, or an assignment of one person.
        case tag
        /// Exactly this principal, action and resource.
        case exact
        /// A document or policy that others have as well.
        case shared
        /// A statement or a policy goes.
        case removal
        /// A setting that protects everybody goes.
        case setting

        package static func < (left: Reach, right: Reach) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// The changes as they stand in the `change` of a scenario's step.
    package var changeStep: JSONOutput { .array(changes.map(\.json)) }

    /// Fewer edits first, then those that change less.
    var cost: [Int] {
        [edits.count, edits.map(\.reach.rawValue).reduce(0, +), changes.count]
    }
}

/// What is different about a request.
package struct CallEdits: Sendable {
    /// Keys to supply; one without a value is to be left out.
    package var context = GivenContext()
    /// What becomes of the session policies passed for the caller's session, in this order.
    package var sessionPolicies: [SessionPolicyEdit] = []
    /// The role to assume first.
    package var role: IAMEntity?

    package var isEmpty: Bool {
        context.entries.isEmpty && sessionPolicies.isEmpty && role == nil
    }
}

extension CallEdits {
    /// As data: keys with their values, null for one to leave out; what becomes of the session
    /// policies; the role to assume first, as `ACCOUNT:role/NAME`.
    package var json: JSONOutput {
        let keys = context.entries.map { entry in
            let values = entry.value.map { value -> JSONOutput in
                value.isMultivalued
                    ? .strings(value.values) : .optional(value.values.first)
            }
            return JSONOutput.Member(entry.key.description, values ?? .null)
        }
        let policies = sessionPolicies.map { edit -> JSONOutput in
            switch edit {
            case .adding(let statement): .fields(["add": statement])
            case .removing(let policy, let statement):
                .fields(["policy": .integer(policy), "removeStatement": .integer(statement)])
            }
        }
        return .fields([
            "context": keys.isEmpty ? nil : .object(keys),
            "sessionPolicies": policies.isEmpty ? nil : .array(policies),
            "assumeRole": role.map { .string("\($0.account):role/\($0.name)") },
        ])
    }
}

/// One edit of the policies that a session was obtained with.
package enum SessionPolicyEdit: Sendable {
    case adding(statement: JSONOutput)
    /// The statement at an index of the policy at a place in the session's list.
    case removing(policy: Int, statement: Int)
}

/// What a search for fixes found.
package struct FixResult: Sendable {
    /// The best first.
    package let fixes: [Fix]
    /// Why there is none, or what is to be said of them, in a sentence.
    package let note: String?
    /// Whether the search ended before it had tried everything it knows.
    package let isBounded: Bool

    package init(fixes: [Fix], note: String?, isBounded: Bool) {
        self.fixes = fixes
        self.note = note
        self.isBounded = isBounded
    }
}
