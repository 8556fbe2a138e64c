import JSONSource
import Testing

/// A file with one slip in it: a member too few or too many, or a value of another kind.
struct Slip: Sendable, CustomTestStringConvertible {
    let path: String
    let what: String
    let text: String

    var testDescription: String { "\(path): \(what)" }

    /// Every such file of a sound one.
    static func all(of value: JSONOutput) -> [Slip] {
        var found: [Slip] = []
        collect(value, at: "", into: &found) { $0 }
        return found
    }

    private static let others: [(String, JSONOutput)] = [
        ("null", .null), ("true", .bool(true)), ("a number", .integer(7)),
        ("a text", .string("x")), ("an empty list", .array([])), ("an empty object", .object([])),
        ("a list with a list", .array([.array([])])),
    ]

    /// `whole` puts a value in the place of this one.
    private static func collect(
        _ value: JSONOutput,
        at path: String,
        into found: inout [Slip],
        _ whole: (JSONOutput) -> JSONOutput
    ) {
        func add(_ what: String, _ changed: JSONOutput) {
            found.append(Slip(path: path, what: what, text: whole(changed).compact))
        }
        for (what, other) in others where other != value { add(what, other) }
        switch value {
        case .object(let members):
            add("a member too many", .object(members + [.init("unheardOf", .null)]))
            for (index, member) in members.enumerated() {
                var fewer = members
                fewer.remove(at: index)
                add("no \(member.key)", .object(fewer))
                collect(member.value, at: "\(path)/\(member.key)", into: &found) {
                    var changed = members
                    changed[index] = .init(member.key, $0)
                    return whole(.object(changed))
                }
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                collect(element, at: "\(path)/\(index)", into: &found) {
                    var changed = elements
                    changed[index] = $0
                    return whole(.array(changed))
                }
            }
        case .null, .bool, .integer, .number, .string: return
        }
    }
}
