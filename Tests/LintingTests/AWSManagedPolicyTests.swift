import JSONSource
import Linting
import ServiceCatalog
import Testing

/// AWS's own policies are a corpus of what must not be called an error without good reason.
@Suite("Findings in AWS managed policies")
struct AWSManagedPolicyTests {
    @Test("each error is one that somebody looked at")
    func errors() throws {
        var counts: [String: Int] = [:]
        for arn in AWSManagedPolicies.arns {
            let text = try #require(AWSManagedPolicies.document(arn))
            let value = try #require(JSONParser.parse(Array(text.utf8), file: 0).value)
            let policy = WrittenPolicy(value, .identityPolicy, name: arn)
            for finding in Self.linter.findings(in: policy) {
                counts[finding.check.id, default: 0] += 1
            }
        }
        #expect(counts == Self.expected)
    }

    private static let linter = Linter(Check.all.filter { $0.severity == .error })

    /// AWS wrote `aws:ViaAWSService` compared with a service's name, and actions beside resources
    /// they do not work on.
    private static let expected = [
        "action-never-meets-resource": 15, "value-shape": 1,
        "variable-outside-resource-part": 1, "unknown-condition-key": 1,
    ]
}
