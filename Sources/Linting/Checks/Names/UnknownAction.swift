import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    static let unknownAction = Check(
        "unknown-action",
        .warning,
        "the service has no such action",
        why: """
            The entry covers nothing, and AWS does not say so when the policy is saved. Names of \
            API calls often differ from names of actions: HeadObject is `s3:GetObject`.
            """,
        fix: "Write the action as the service's page has it, or wait for a newer catalog.",
        source: "Service Authorization Reference",
        examples: [
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": «"s3:GetObjct"», "Resource": "*"}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": «"s3:HeadObject"», "Resource": "*"}"#
            ),
            .statement(
                .identityPolicy,
                #"{"Effect": "Allow", "Action": "S3:getobject", "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, _ in
            (statement.actions?.entries ?? []).compactMap { entry in
                guard let action = ActionName(entry.text),
                    let service = ServiceCatalog.service(action.service),
                    service.action(action.name) == nil
                else { return nil }
                let near = service.nearestAction(to: action.name)
                return Remark(
                    "\(service.name) has no action '\(entry.text)'",
                    at: entry.span,
                    help: near.map { "did you mean '\(service.prefix):\($0)'?" }
                )
            }
        }
    )
}
