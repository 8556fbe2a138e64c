import JSONSource
import PolicyLanguage

extension Check {
    // KEY table 3.2: only temporary credentials carry the key.
    static let mfaIfExistsInAllow = Check(
        "mfa-if-exists-in-allow",
        .warning,
        "an Allow that wants MFA lets long-term access keys pass without it",
        why: """
            Requests made with long-term access keys do not carry `aws:MultiFactorAuthPresent`, \
            and `BoolIfExists` holds for a key that is not there.
            """,
        fix: "Write `Bool`: it fails for requests without the key.",
        source: "AWS global condition context keys",
        examples: [
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*",
                  "Condition": {«"BoolIfExists"»: {"aws:MultiFactorAuthPresent": "true"}}}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
                  "Action": "sts:AssumeRole",
                  "Condition": {«"BoolIfExists"»: {"aws:MultiFactorAuthPresent": true}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*",
                  "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
                """#
            ),
            .statement(
                .identityPolicy,
                #"""
                {"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*",
                  "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"},
                  "NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            guard statement.isAllow, !statement.needsSignsOfMFA else { return [] }
            return statement.conditions(on: "aws:MultiFactorAuthPresent").filter {
                $0.holdsWhenAbsent && $0.base == .bool && $0.asksFor("true")
            }
            .map {
                Remark(
                    "long-term access keys carry no '\($0.key.text)' and pass",
                    at: $0.operatorName.span,
                    help: "write 'Bool'"
                )
            }
        }
    )
}

extension WrittenStatement {
    /// Whether another condition fails for credentials that were not obtained with MFA.
    fileprivate var needsSignsOfMFA: Bool {
        conditions.contains {
            $0.canonicalKey.hasPrefix("aws:multifactorauth") && !$0.holdsWhenAbsent
        }
    }
}
