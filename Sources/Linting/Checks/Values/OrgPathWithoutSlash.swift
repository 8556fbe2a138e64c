import JSONSource
import PolicyLanguage

extension Check {
    static let orgPathWithoutSlash = Check(
        "org-path-without-slash",
        .warning,
        "a path in an organization ends neither in `/` nor in `*`",
        why: """
            The paths that requests carry end in a slash. Without it a value equals none of them.
            """,
        fix: "End the path in `/` for the unit alone, in `/*` for all below it as well.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths":
                  [«"o-a1b2c3d4e5/r-ab12/ou-ab12-11111111"», "o-a1b2c3d4e5/r-ab12/*"]}}}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
                  "Condition": {"ForAnyValue:StringEquals": {"aws:PrincipalOrgPaths":
                  ["o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/", "<org-path>"]}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            statement.conditions.filter {
                KeyGroups.organizationPaths.contains($0.canonicalKey) && $0.base?.family == .text
            }
            .flatMap(\.values)
            .filter { value in
                !value.mayBePlaceholder && !value.hasVariable && value.text.contains("/")
                    && !value.text.hasSuffix("/") && !value.text.hasSuffix("*")
            }
            .map { value in
                let help = "write '\(value.text)/' or '\(value.text)/*'"
                let message = "paths end in '/', '\(value.text)' does not"
                return Remark(message, at: value.span, help: help)
            }
        }
    )
}
