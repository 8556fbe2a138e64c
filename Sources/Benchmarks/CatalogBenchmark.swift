import PolicyLanguage
import ServiceCatalog

/// What the first questions to the catalog cost in a process; each is asked once.
struct CatalogBenchmark {
    func run() -> [BenchmarkRow] {
        [
            row("index of services") { ServiceCatalog.service("s3") != nil },
            row("s3:GetObject, first of s3") { knows("s3", "GetObject") },
            row("sqs:SendMessage, first of sqs") { knows("sqs", "SendMessage") },
            row("ec2:RunInstances, first of ec2") { knows("ec2", "RunInstances") },
            row("ec2:RunInstances, again") { knows("ec2", "RunInstances") },
            row("ec2:Describe* expanded") {
                ServiceCatalog.service("ec2")?.actions(matching: "Describe*").isEmpty == false
            },
            row("every other service") {
                ServiceCatalog.services.allSatisfy { $0.action("") == nil }
            },
            row("first AWS managed policy") {
                AWSManagedPolicies.document("arn:aws:iam::aws:policy/ReadOnlyAccess") != nil
            },
        ]
    }

    private func knows(_ service: String, _ action: String) -> Bool {
        ServiceCatalog.service(service)?.action(action)?.hasResourceTypes == true
    }

    private func row(_ work: String, _ question: () -> Bool) -> BenchmarkRow {
        let time = ContinuousClock().measure { precondition(question(), "the catalog knows it") }
        return BenchmarkRow(name: "catalog, cold", work: work, seconds: time.seconds)
    }
}
