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
            for (index, later) in statement.conditions.enumerated() {
                let earlier = statement.conditions[..<index].first {
                    $0.canonicalKey == later.canonicalKey && $0.excludes(later)
                }
                guard let earlier else { continue }
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
        if let wanted = accepted { return !wanted.contains { other.holds(for: $0) } }
        if let wanted = other.accepted { return !wanted.contains { holds(for: $0) } }
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

    private func holds(for value: String) -> Bool {
        guard let form = `operator`, form.base != .null else { return true }
        let key = ConditionKey(key.text)
        let operands = values.map {
            ConditionOperand($0.text, for: form.base, variables: .expanded)
        }
        var context = RequestContext()
        context[key] = .single(value)
        return Condition(form, key, operands, at: self.key.span).holds(in: context)
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
