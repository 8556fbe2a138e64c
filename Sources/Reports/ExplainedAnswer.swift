package import Explaining

/// Everything there is to say of one request: why, in AWS's words, and what would change it.
package struct ExplainedAnswer: Sendable {
    package let explanation: Explanation
    /// AWS's own words for the denial.
    package let message: AccessDeniedMessage?
    /// What is to be said of the message or the record that the request came from.
    package let remark: String?
    package let fixes: [ToldFix]
    /// Why there is no fix, or what is to be known of them.
    package let fixNote: String?

    /// A fix with what else it does, by the names of the checks.
    package struct ToldFix: Sendable {
        package let fix: Fix
        package let opened: [String]
        package let closed: [String]

        package init(fix: Fix, opened: [String], closed: [String]) {
            self.fix = fix
            self.opened = opened
            self.closed = closed
        }
    }

    package init(
        explanation: Explanation,
        message: AccessDeniedMessage? = nil,
        remark: String? = nil,
        fixes: [ToldFix] = [],
        fixNote: String? = nil
    ) {
        self.explanation = explanation
        self.message = message
        self.remark = remark
        self.fixes = fixes
        self.fixNote = fixNote
    }
}
