/// Counts of what random organizations and decisions touched.
package struct RandomCoverage: Sendable {
    /// Condition operators in the policies, as written.
    package private(set) var operators: [String: Int] = [:]
    /// Elements of statements and other features of the organizations.
    package private(set) var features: [String: Int] = [:]
    /// Decisions.
    package private(set) var decisions: [String: Int] = [:]
    /// Policy types with the kind of their reasons, as in `identityPolicy allow`.
    package private(set) var reasons: [String: Int] = [:]

    /// Starts with nothing counted.
    package init() {}

    /// Counts what the policies of an organization use.
    package mutating func add(organization: JSON) {
        switch organization {
        case .array(let elements):
            for element in elements {
                add(organization: element)
            }
        case .object(let members):
            for (name, value) in members {
                if name == "Condition" {
                    for operatorName in value.members?.keys ?? [:].keys {
                        operators[operatorName, default: 0] += 1
                    }
                }
                if Self.watched.contains(name) {
                    features[name, default: 0] += 1
                }
                add(organization: value)
            }
        case .string(let text):
            if text.contains("${") {
                let hasDefault = text.contains(", '")
                features[hasDefault ? "variableWithDefault" : "variable", default: 0] += 1
            }
        case .null, .bool, .number:
            break
        }
    }

    /// The operators that occurred, without set operator and `IfExists`.
    package var baseOperators: Set<String> {
        Set(
            operators.keys.map { name in
                let base = String(name.split(separator: ":").last ?? "")
                return base.hasSuffix("IfExists") ? String(base.dropLast(8)) : base
            }
        )
    }

    /// Every operator of semantics section 2.
    package static let allBaseOperators: Set<String> = [
        "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
        "StringLike", "StringNotLike", "NumericEquals", "NumericNotEquals", "NumericLessThan",
        "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals", "DateEquals",
        "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan",
        "DateGreaterThanEquals", "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals",
        "ArnLike", "ArnNotEquals", "ArnNotLike", "Null",
    ]

    private static let watched: Set<String> = [
        "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Sid",
        "serviceControlPolicies", "resourceControlPolicies", "permissionsBoundary", "trustPolicy",
        "inlinePolicies", "managedPolicies", "groups", "grants", "blockPublicAccess", "vpc",
        "policyTypes", "status", "serviceLinked", "identityCenter", "externalAccounts", "tags",
    ]

    /// Counts a decision and the policy types behind it.
    package mutating func add(_ decision: ReferenceDecision) {
        decisions[decision.decision, default: 0] += 1
        for key in Set(decision.reasons.map { "\($0.policyType) \($0.kind)" }) {
            reasons[key, default: 0] += 1
        }
    }

    /// The share of a decision among all, in percent.
    package func percentage(of decision: String) -> Double {
        let total = decisions.values.reduce(0, +)
        return total == 0 ? 0 : 100 * Double(decisions[decision] ?? 0) / Double(total)
    }
}

extension RandomCoverage: CustomStringConvertible {
    package var description: String {
        func lines(_ title: String, _ counts: [String: Int]) -> String {
            title + "\n"
                + counts.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
                .joined(separator: "\n")
        }
        return [
            lines("decisions", decisions), lines("reasons", reasons), lines("features", features),
            lines("operators", operators),
        ].joined(separator: "\n")
    }
}
