import JSONSource

extension Check {
    static let placeholderLeft = Check(
        "placeholder-left",
        .error,
        "a placeholder was never filled in",
        why: """
            AWS compares the text as it stands: a Deny on `arn:aws:s3:::[BUCKET]` protects no \
            bucket, and nothing else tells you.
            """,
        fix: "Fill it in. A file that a template engine fills in is linted behind that engine.",
        source: "IAM User Guide, \"IAM policy elements: Variables and tags\"",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "s3:*", "Resource": «"arn:aws:s3:::[BUCKET_TO_PROTECT]/*"»,
                 "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": «"<my-org-id>"»}}}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "iam:*", "Resource": [
                  «"arn:${AWS::Partition}:iam::*:role/a"», «"arn:aws:iam::${Account}:role/b"»,
                  «"arn:aws:iam::*:role/{{ prefix }}-c"», "arn:aws:iam::*:user/${aws:username}"]}
                """#
            ),
            .statement(
                .serviceControlPolicy,
                #"""
                {"Effect": "Deny", "Action": "s3:*",
                 "Resource": [«"arn:aws:s3:::{{name}}"», "arn:aws:s3:::{{name}}/*"]}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "s3:GetObject",
                 "Resource": "arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}/${*}"}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "sqs:ChangeMessageVisibility",
                 "Resource": «"arn:aws:sqs:eu-west-1:111122223333:CHANGEME"»}
                """#
            ),
        ],
        inspection: .policy { policy in
            var places: [String: [SourceSpan]] = [:]
            var order: [String] = []
            for entry in policy.value.strings {
                guard let found = entry.placeholder else { continue }
                if places[found] == nil { order.append(found) }
                places[found, default: []].append(entry.span)
            }
            return order.compactMap { found in
                guard let spans = places[found], let first = spans.first else { return nil }
                let more = spans.count > 1 ? " (at \(spans.count) places)" : ""
                return Remark("the placeholder '\(found)' was never filled in\(more)", at: first)
            }
        }
    )
}
