import JSONSource
import PolicyLanguage

extension Check {
    // COND-21
    static let fourDigitDate = Check(
        "four-digit-date",
        .note,
        "a date of four digits may be a year or a number of seconds",
        why: """
            ISO 8601 takes four digits for a year, and a bare number is also a count of seconds \
            since 1970. AWS does not say which of the two it reads.
            """,
        fix: "Write the whole date: `2026-01-01T00:00:00Z`.",
        source: "IAM JSON policy elements: Condition operators",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*",
                  "Condition": {"DateLessThan": {"aws:CurrentTime": «"2027"»}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "*", "Resource": "*",
                  "Condition": {"DateLessThan": {"aws:CurrentTime": "2027-01-01",
                  "aws:EpochTime": 1798761600}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.filter { $0.base?.family == .date }.flatMap { condition in
                condition.values.filter {
                    $0.text.utf8.count == 4 && $0.text.allSatisfy(\.isNumber)
                }
                .map { Remark("'\($0.text)' may be a year or seconds since 1970", at: $0.span) }
            }
        }
    )
}
