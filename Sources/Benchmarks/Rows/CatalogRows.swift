import PolicyLanguage
import ServiceCatalog

/// What the first questions to the catalog cost in a process, each asked once, and what the
/// engine asks of it for every new action.
struct CatalogRows {
    let report: Report

    func run() {
        guard report.wants("catalog") else { return }
        once("index of services") { ServiceCatalog.service("s3") != nil }
        once("s3:GetObject, first of s3") { knows("s3", "GetObject") }
        once("ec2:RunInstances, first of ec2") { knows("ec2", "RunInstances") }
        once("ec2:RunInstances, again") { knows("ec2", "RunInstances") }
        once("ec2:Describe* expanded") {
            ServiceCatalog.service("ec2")?.actions(matching: "Describe*").isEmpty == false
        }
        once("every other service") {
            ServiceCatalog.services.allSatisfy { $0.action("") == nil }
        }
        once("first AWS managed policy") {
            AWSManagedPolicies.document("arn:aws:iam::aws:policy/ReadOnlyAccess") != nil
        }
        guard let action = ActionName("ec2:RunInstances") else { return }
        let facts = ActionFacts(action)
        let key = KeyFacts("ec2:InstanceType")
        often("number of an action") { ServiceCatalog.actionNumber(of: action) != nil }
        often("facts of an action") { ActionFacts(action).number != nil }
        often("facts of a key") { KeyFacts("ec2:InstanceType").isMultivalued(for: action) }
        often("whether a key is foreign") { key.isForeign(to: facts) }
    }

    private func knows(_ service: String, _ action: String) -> Bool {
        ServiceCatalog.service(service)?.action(action)?.hasResourceTypes == true
    }

    private func once(_ work: String, _ question: () -> Bool) {
        report.measure("catalog, cold", work, .seconds, .processor, repetitions: 1) {
            Stopwatch.processor.seconds { precondition(question(), "the catalog knows it") }
        }
    }

    private func often(_ work: String, _ question: () -> Bool) {
        var answers = 0
        report.measure("catalog, warm", work, .perSecond, .processor) {
            Stopwatch.processor.rate(units: 1_000, atLeast: 0.1) {
                for _ in 0..<1_000 where question() { answers += 1 }
            }
        }
        precondition(answers >= 0)
    }
}
