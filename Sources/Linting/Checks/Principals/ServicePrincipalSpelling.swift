import JSONSource

extension Check {
    static let servicePrincipalSpelling = Check(
        "service-principal-spelling",
        .error,
        "a name in `Service` is not that of an AWS service",
        why: """
            Service principals are compared letter by letter: `Lambda.amazonaws.com` and \
            `lambda.aws.com` are nobody, and most services refuse to save them. (PRIN-11)
            """,
        fix: "Write it in lower case and with `.amazonaws.com` at its end.",
        source: "IAM User Guide, \"AWS JSON policy elements: Principal\"",
        examples: [
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": «"lambda.aws.com"»},
                  "Action": "sts:AssumeRole"}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": ["ec2.amazonaws.com",
                  «"Lambda.amazonaws.com"»]}, "Action": "sts:AssumeRole"}
                """#
            ),
            .statement(
                .trustPolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": ["ec2.amazonaws.com.cn",
                  "states.eu-west-1.amazonaws.com", "pods.eks.amazonaws.com"]},
                  "Action": "sts:AssumeRole"}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": "alexa-appkit.amazon.com"},
                  "Action": "lambda:InvokeFunction", "Resource": "*"}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            (statement.principals?.entries(ofKind: "Service") ?? []).compactMap { principal in
                let name = principal.text.text
                // Names without a dot are refused when the policy is read; the rest may be filled
                // in by a template.
                guard name.contains("."), !name.contains(where: { "${}<>*[]".contains($0) }) else {
                    return nil
                }
                let lower = name.lowercased()
                let isKnown = ServicePrincipal(lower) != nil
                if isKnown, lower == name { return nil }
                return Remark(
                    "'\(name)' is not the name of a service principal",
                    at: principal.text.span,
                    help: isKnown ? "did you mean '\(lower)'?" : nil
                )
            }
        }
    )
}
