import JSONSource
import PolicyLanguage
import ServiceCatalog

/// The AWS managed policies that come with orgsim, read on demand.
package enum BuiltInPolicies {
    /// Nil for a policy that is not carried.
    package static func policy(_ arn: String) -> Policy? {
        guard let text = AWSManagedPolicies.document(arn) else { return nil }
        let parsed = JSONParser.parse(Array(text.utf8), file: SourceSpan.nowhere.file)
        guard let value = parsed.value else { return nil }
        return PolicyParser.parse(value, as: .identity).value.map {
            Policy(name: arn, arn: arn, document: $0)
        }
    }
}
