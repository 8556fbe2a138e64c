import JSONSource
import PolicyLanguage
import ServiceCatalog

extension Check {
    static let patternWithoutAction = Check(
        "pattern-without-action",
        .warning,
        "no action fits the pattern",
        why: "The entry covers nothing today; usually a letter is wrong or a plural missing.",
        fix: "Compare the pattern with the service's page in the Service Authorization Reference.",
        source: "Service Authorization Reference",
        examples: [
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "Action": [«"ec2:Delet*Volumes"»], "Resource": "*"}"#
            ),
            .statement(
                .serviceControlPolicy,
                #"{"Effect": "Deny", "Action": ["ec2:Delete*", "*"], "Resource": "*"}"#
            ),
        ],
        inspection: .statement { statement, _ in
            (statement.actions?.entries ?? []).compactMap { entry in
                guard let pattern = entry.actionPattern, ActionName(entry.text) == nil,
                    let prefix = pattern.service, let service = ServiceCatalog.service(prefix),
                    service.actions(matching: pattern.name).isEmpty
                else { return nil }
                return Remark("no action of \(service.name) fits '\(entry.text)'", at: entry.span)
            }
        }
    )
}
