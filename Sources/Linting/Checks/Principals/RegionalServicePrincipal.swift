import JSONSource

extension Check {
    static let regionalServicePrincipal = Check(
        "regional-service-principal",
        .note,
        "a service principal names a Region whose services call without it",
        why: """
            The Regional form is for services in opt-in Regions that call into another Region. \
            From the other Regions a service calls as `service.amazonaws.com`, which the entry \
            does not match. (PRIN-11)
            """,
        fix: "Write the name without the Region, beside the Regional one where that is needed.",
        source: "IAM User Guide, \"AWS JSON policy elements: Principal\"",
        examples: [
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": «"sns.eu-west-1.amazonaws.com"»},
                  "Action": "sqs:SendMessage", "Resource": "*"}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": ["sns.amazonaws.com",
                  "sns.eu-west-1.amazonaws.com"]}, "Action": "sqs:SendMessage", "Resource": "*"}
                """#
            ),
            .statement(
                .resourcePolicy,
                #"""
                {"Effect": "Allow", "Principal": {"Service": ["sns.me-south-1.amazonaws.com",
                  "logs.eu-west-1.amazonaws.com"]}, "Action": "sqs:SendMessage", "Resource": "*"}
                """#
            ),
        ],
        inspection: .statement { statement, _ in
            let principals = statement.principals?.entries(ofKind: "Service") ?? []
            let names = principals.map(\.text.text)
            return principals.compactMap { principal in
                guard let name = ServicePrincipal(principal.text.text), name.isInDefaultRegion,
                    !regionalServices.contains(name.service),
                    !names.contains("\(name.service).amazonaws.com")
                else { return nil }
                return Remark(
                    "the service calls as '\(name.service).amazonaws.com' from this Region",
                    at: principal.text.span
                )
            }
        }
    )

    /// Services that call by their Regional names in all Regions, or take both.
    ///
    /// AWS CodeDeploy User Guide, "Create a service role"; CloudWatch Logs User Guide, "Encrypt log
    /// data"; Step Functions Developer Guide, "Creating an IAM role".
    private static let regionalServices: Set<String> = ["codedeploy", "logs", "states"]
}
