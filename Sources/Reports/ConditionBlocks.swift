import Authorization
import JSONSource
import PolicyLanguage

/// Requirements as the `Condition` of a policy would write them.
enum ConditionBlocks {
    /// One way to be allowed: `{"StringEquals": {"aws:RequestedRegion": ["eu-west-1"]}}`; a list of
    /// such blocks where one key must meet the same operator twice.
    static func json(_ way: [Requirement]) -> JSONOutput {
        var blocks: [[Requirement]] = []
        for requirement in way {
            let place = blocks.firstIndex { block in
                !block.contains {
                    $0.operator == requirement.operator && $0.key == requirement.key
                }
            }
            if let place {
                blocks[place].append(requirement)
            } else {
                blocks.append([requirement])
            }
        }
        return blocks.count == 1 ? block(blocks[0]) : .array(blocks.map(block))
    }

    private static func block(_ requirements: [Requirement]) -> JSONOutput {
        var members: [(name: String, keys: [JSONOutput.Member])] = []
        for requirement in requirements {
            let name = requirement.operator.description
            let key = JSONOutput.Member(
                requirement.key.description,
                .strings(requirement.values)
            )
            if let place = members.firstIndex(where: { $0.name == name }) {
                members[place].keys.append(key)
            } else {
                members.append((name, [key]))
            }
        }
        return .object(members.map { .init($0.name, .object($0.keys)) })
    }

    /// Every way to be allowed; nil unless the verdict is open.
    static func ways(_ decision: Decision) -> JSONOutput? {
        guard decision.outcome == .undetermined else { return nil }
        return .array(decision.dependsOn.map(json))
    }

    /// One way on one line, with spaces to break it at.
    static func text(_ way: [Requirement]) -> String {
        let known = way.filter { MissingPolicy.reason($0.key) == nil }
        var parts = known.isEmpty && !way.isEmpty ? [] : [text(json(known))]
        for requirement in way {
            guard let reason = MissingPolicy.reason(requirement.key) else { continue }
            let isAllowed =
                requirement.values == [MissingPolicy.allows]
                && !requirement.operator.base.isNegated
            let what = isAllowed ? "allows it" : "does not deny it"
            parts.append("what is missing \(what) (\(reason))")
        }
        return parts.joined(separator: " and ")
    }

    private static func text(_ value: JSONOutput) -> String {
        switch value {
        case .object(let members):
            let parts = members.map { "\(JSONOutput.string($0.key).compact): \(text($0.value))" }
            return "{\(parts.joined(separator: ", "))}"
        case .array(let elements):
            return "[\(elements.map { text($0) }.joined(separator: ", "))]"
        case .null, .bool, .integer, .number, .string: return value.compact
        }
    }
}
