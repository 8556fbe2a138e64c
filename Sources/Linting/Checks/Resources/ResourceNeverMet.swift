import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    static let resourceNeverMet = Check(
        "resource-never-met",
        .warning,
        "a resource is one that no action of the statement works on",
        why: """
            The entry does nothing. Usually an action is missing, or the ARN has the wrong form, as \
            in `role/*` for a session or a bucket's ARN for its objects.
            """,
        fix: "Remove the entry, correct its form, or add the action that works on it.",
        source: "Service Authorization Reference, \"Resource types\"",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:GetObject",
                 "Resource": [«"arn:aws:s3:::b"», "arn:aws:s3:::b/*"]}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "sqs:SendMessage",
                 "Resource": ["arn:aws:sqs:*:*:q", «"arn:aws:sns:*:*:t"»]}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"],
                 "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]}
                """#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "s3:NewAction", "Resource": "arn:aws:s3:::b"}"#
            ),
        ],
        inspection: .statement { statement, _ in
            guard let resources = statement.listedResources, resources.count > 1,
                let covered = statement.coveredActions, !covered.isEverything,
                !covered.hasUnknown, covered.known.contains(where: \.hasResourceTypes)
            else { return [] }
            let reach = ResourceReach(covered.known)
            let met = resources.filter { reach.meets($0.text) }
            // Where none is met the actions are at fault, and another check says so.
            guard !met.isEmpty else { return [] }
            let spans = Set(met.map(\.span))
            return resources.filter { !spans.contains($0.span) }.map {
                Remark("no action of the statement works on '\($0.text)'", at: $0.span)
            }
        }
    )
}
