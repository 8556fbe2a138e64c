package import Explaining

/// An explanation with everything that is told around it.
package struct ExplainedAnswer: Sendable {
    package let explanation: Explanation
    /// What AWS itself would say.
    package let message: AccessDeniedMessage?
    /// What is to be said of a pasted message or a record, a sentence without period.
    package let remark: String?
    package let fixes: [ToldFix]
    /// Why there are no fixes, or what is to be said of them.
    package let fixNote: String?

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

/// A fix with the names of other checks that would come out otherwise.
package struct ToldFix: Sendable {
    package let fix: Fix
    package let opened: [String]
    package let closed: [String]

    package init(fix: Fix, opened: [String] = [], closed: [String] = []) {
        self.fix = fix
        self.opened = opened
        self.closed = closed
    }
}
