import JSONSource
import PolicyLanguage

extension Check {
    // COND-1, COND-3, table 2.2
    static let contradictingConditions = Check(
        "contradicting-conditions",
        .error,
        "two conditions of a statement on one key never hold together",
        why: """
            All conditions of a statement must hold at once, so this one never applies: an Allow \
            gives nothing, a Deny protects nothing.
            """,
        fix: """
            Write what was meant as alternatives into two statements, or take out the condition \
            that is wrong.
            """,
        source: "Conditions with multiple context keys or values",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
                  "StringEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-west-3"]},
                  "StringNotLike": {«"aws:requestedregion"»: "eu-*"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                  "Null": {"aws:PrincipalTag/team": "true"},
                  "StringNotEquals": {"aws:PrincipalTag/other": "a"},
                  "StringEquals": {«"aws:PrincipalTag/team"»: "a"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
                  "DateGreaterThan": {"aws:CurrentTime": "2026-07-01T00:00:00Z"},
                  "DateLessThan": {«"aws:CurrentTime"»: "2026-06-30T23:59:59Z"}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                  "Null": {"aws:PrincipalTag/team": "true"},
                  "StringNotEquals": {"aws:PrincipalTag/team": "a"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
                  "StringEquals": {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]},
                  "StringNotLike": {"aws:RequestedRegion": "eu-*"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
                  "DateGreaterThan": {"aws:CurrentTime": "2026-06-01T00:00:00Z"},
                  "DateLessThan": {"aws:CurrentTime": "2026-06-30T23:59:59Z"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
                  "StringEquals": {"aws:PrincipalTag/team": "<mine>"},
                  "StringNotEquals": {"aws:PrincipalTag/team": ["${aws:username}", "<mine>"]}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "ec2:*", "Resource": "*", "Condition": {
                  "ForAnyValue:StringEquals": {"aws:TagKeys": "a"},
                  "ForAllValues:StringNotEquals": {"aws:TagKeys": "b"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            var remarks: [Remark] = []
            var seen: [String: [WrittenCondition]] = [:]
            for later in statement.conditions {
                // A key stands in a handful of conditions; more are not looked through.
                let others = seen[later.canonicalKey, default: []]
                if others.count < 20 { seen[later.canonicalKey] = others + [later] }
                guard let earlier = others.first(where: { $0.excludes(later) }) else { continue }
                let names = "'\(earlier.operatorName.text)' and '\(later.operatorName.text)'"
                let message = "\(names) on '\(later.key.text)' never hold together"
                remarks.append(
                    Remark(message, at: later.key.span)
                        .noting("the other condition stands here", at: earlier.key.span)
                )
            }
            return remarks
        }
    )
}

extension WrittenCondition {
    /// Whether no request satisfies both conditions on the same key; false where that is not sure.
    fileprivate func excludes(_ other: WrittenCondition) -> Bool {
        guard !values.isEmpty, !other.values.isEmpty,
            !(values + other.values).contains(where: { $0.mayBePlaceholder || $0.hasVariable })
        else { return false }
        if asksForAbsence || other.asksForAbsence {
            return !holdsWhenAbsent || !other.holdsWhenAbsent
        }
        // Absent, or as a set, the key may satisfy both.
        guard quantifier == nil, other.quantifier == nil, !holdsWhenAbsent || !other.holdsWhenAbsent
        else { return false }
        // Beyond this many comparisons nothing is said.
        guard values.count * other.values.count <= 10_000 else { return false }
        if let wanted = accepted { return !other.holds(forAnyOf: wanted) }
        if let wanted = other.accepted { return !holds(forAnyOf: wanted) }
        guard let mine = bound, let theirs = other.bound, mine.isLower != theirs.isLower else {
            return false
        }
        let (lower, upper) = mine.isLower ? (mine.at, theirs.at) : (theirs.at, mine.at)
        return lower > upper
    }

    private var asksForAbsence: Bool {
        base == .null && values.allSatisfy { $0.text.lowercased() == "true" }
    }

    /// All values that satisfy the condition, where they can be listed.
    private var accepted: [String]? {
        switch base {
        case .stringEquals: values.map(\.text)
        case .bool: values.map { $0.text.lowercased() }
        default: nil
        }
    }

    private func holds(forAnyOf wanted: [String]) -> Bool {
        guard let form = `operator`, form.base != .null else { return true }
        let operands = values.map {
            ConditionOperand($0.text, for: form.base, variables: .expanded)
        }
        let condition = Condition(form, ConditionKey(key.text), operands, at: key.span)
        return wanted.contains { value in
            var context = RequestContext()
            context[condition.key] = .single(value)
            return condition.holds(in: context)
        }
    }

    /// Where a period begins or ends.
    private var bound: (at: Instant, isLower: Bool)? {
        guard values.count == 1, let at = Instant(policyValue: values[0].text) else { return nil }
        switch base {
        case .dateGreaterThan, .dateGreaterThanEquals: return (at, true)
        case .dateLessThan, .dateLessThanEquals: return (at, false)
        default: return nil
        }
    }
}
