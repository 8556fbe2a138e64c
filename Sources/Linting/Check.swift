/// One thing that is looked for in policy documents and organizations.
///
/// A check is its own page: `orgsim lint --explain ID` prints what stands here, and the examples
/// are its tests.
package struct Check: Sendable {
    /// Stable across versions: findings are silenced and filtered by it.
    package let id: String
    package let severity: Severity
    /// What is found, as one sentence without a period.
    package let title: String
    /// What goes wrong because of it.
    package let why: String
    package let fix: String
    /// The AWS document, by title, that says so.
    package let source: String
    package let examples: [Example]
    package let inspection: Inspection

    package enum Severity: String, Sendable, CaseIterable {
        /// AWS refuses it, or it does not do what it says.
        case error
        /// AWS takes it, and hardly anybody means it.
        case warning
        /// Worth knowing.
        case note
    }

    /// What a check looks at, one piece at a time.
    package enum Inspection: Sendable {
        case statement(@Sendable (WrittenStatement, WrittenPolicy) -> [Remark])
        case policy(@Sendable (WrittenPolicy) -> [Remark])
        case organization(@Sendable (WrittenOrganization) -> [Remark])
        /// Problems that reading the policy found already, by their codes.
        case reading(codes: Set<String>)
        /// Problems that loading the organization found already, by their codes.
        case loading(codes: Set<String>)
        /// Notes to the linter itself; ``Linter`` looks at them.
        case silences
    }

    package init(
        _ id: String,
        _ severity: Severity,
        _ title: String,
        why: String,
        fix: String,
        source: String,
        examples: [Example],
        inspection: Inspection
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.why = why
        self.fix = fix
        self.source = source
        self.examples = examples
        self.inspection = inspection
    }
}
