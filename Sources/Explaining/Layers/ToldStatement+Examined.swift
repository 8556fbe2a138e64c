package import Authorization
import OrganizationModel
package import PolicyLanguage

extension ToldStatement {
    /// A statement as the engine examined it, each element in words.
    package init(_ examined: Trace.Examined, _ trace: Trace, action: ActionName) {
        let statement = examined.statement
        let words = ElementText(context: trace.context, isUnknown: trace.isOpen)
        func outcome(_ element: Trace.Element) -> Outcome {
            if examined.failed.contains(element) { return .fails }
            return examined.open.contains(element) ? .open : .matches
        }
        var elements: [Element] = []
        func add(_ kind: Kind, _ element: Trace.Element, _ text: String, isSelective: Bool) {
            elements.append(
                Element(
                    kind: kind,
                    outcome: outcome(element),
                    text: text,
                    isSelective: isSelective,
                    span: statement.span
                )
            )
        }
        if let principal = statement.principal {
            let isSelective = principal.isNegated || principal.entries != [.everyone]
            let text = words.principal(principal, examined)
            add(.principal, .principal, text, isSelective: isSelective)
        }
        let actions = statement.actions
        add(
            .action,
            .action,
            words.action(actions, action),
            isSelective: actions.isNegated || actions.patterns.map(\.text) != ["*"]
        )
        if let resources = statement.resources {
            add(
                .resource,
                .resource,
                words.resource(resources, trace.requested),
                isSelective: resources.isNegated
                    || !resources.patterns.allSatisfy(\.isEverything)
            )
        }
        for (index, condition) in statement.conditions.enumerated() {
            let text = ConditionText(condition, in: trace.context, isUnknown: trace.isOpen)
            elements.append(
                Element(
                    kind: .condition,
                    outcome: outcome(.condition(index)),
                    text: text.sentence,
                    isSelective: true,
                    span: condition.span
                )
            )
        }
        self.init(
            policy: examined.policy.name,
            policyARN: examined.policy.arn,
            label: statement.label,
            sid: statement.sid,
            index: statement.index,
            effect: statement.effect,
            span: statement.span,
            elements: elements
        )
    }
}
