import Authorization
import Coverage
import JSONSource
import PolicyLanguage

/// Coverage as a member of a run's JSON: the figures, then every file with all that was counted.
struct CoverageJSON {
    let report: CoverageReport

    /// A value that stands so deep in another one.
    func bytes(depth: Int) -> [UInt8] {
        var writer = JSONWriter(indent: 2, depth: depth)
        writer.object { writer in
            write(report.total, to: &writer)
            for part in CoverageReport.Part.allCases {
                switch part {
                case .statements: writer.field("statements")
                case .conditionBranches: writer.field("conditionBranches")
                case .attachments: writer.field("attachments")
                case .trustPolicies: writer.field("trustPolicies")
                case .permissionSets: writer.field("permissionSets")
                }
                writer.object { write(report.ratio(part), to: &$0) }
            }
            writer.field("questionsCut")
            writer.integer(report.cutSurveys)
            writer.field("files")
            writer.array(of: report.files) { write($0, to: &$1) }
        }
        return writer.bytes
    }

    private func write(_ ratio: CoverageReport.Ratio, to writer: inout JSONWriter) {
        writer.field("decided")
        writer.integer(ratio.decided)
        writer.field("all")
        writer.integer(ratio.all)
        writer.field("percent")
        let percent = "\(ratio.thousandths / 10).\(ratio.thousandths % 10)"
        writer.value(.number(percent))
    }

    private func write(_ file: CoverageReport.File, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("file")
            writer.string(file.path)
            write(file.total, to: &writer)
            writer.field("statements")
            writer.array(of: file.statements) { write($0, to: &$1) }
            writer.field("conditions")
            writer.array(of: file.conditions) { write($0, to: &$1) }
            writer.field("places")
            writer.array(of: file.places) { write($0, to: &$1) }
        }
    }

    private func write(_ statement: CoverageReport.Statement, to writer: inout JSONWriter) {
        writer.object { writer in
            write(statement.policy, to: &writer)
            writer.field("statement")
            writer.string(statement.label)
            writer.field("effect")
            writer.string(statement.effect.rawValue)
            writer.field("line")
            writer.integer(statement.lines.lowerBound)
            writer.field("endLine")
            writer.integer(statement.lines.upperBound)
            writer.field("decided")
            writer.integer(statement.hits)
        }
    }

    private func write(_ condition: CoverageReport.Condition, to writer: inout JSONWriter) {
        writer.object { writer in
            write(condition.policy, to: &writer)
            writer.field("statement")
            writer.string(condition.statement)
            writer.field("condition")
            writer.string(condition.text)
            writer.field("line")
            writer.integer(condition.line)
            writer.field("held")
            writer.integer(condition.held)
            writer.field("failed")
            writer.integer(condition.failed)
        }
    }

    private func write(_ place: CoverageReport.Place, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("kind")
            writer.string(place.kind.rawValue)
            writer.field("place")
            writer.string(place.text)
            writer.field("line")
            writer.integer(place.line)
            writer.field("decided")
            writer.integer(place.hits)
        }
    }

    private func write(_ policy: CountedPolicy, to writer: inout JSONWriter) {
        writer.field("policyType")
        writer.string(policy.type.rawValue)
        writer.field("policy")
        writer.string(policy.name)
    }
}
