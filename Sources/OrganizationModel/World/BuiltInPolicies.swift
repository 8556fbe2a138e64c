import JSONSource
import PolicyLanguage
import ServiceCatalog
import Synchronization

/// The AWS managed policies that come with orgsim, each read when it is first asked for.
package enum BuiltInPolicies {
    private static let known = Mutex<[String: Policy]>([:])

    /// Nil for a policy that is not carried.
    package static func policy(_ arn: String) -> Policy? {
        if let policy = known.withLock({ $0[arn] }) { return policy }
        guard let policy = read(arn) else { return nil }
        // Of two threads that read it at once both get the same.
        return known.withLock { known in
            if let first = known[arn] { return first }
            known[arn] = policy
            return policy
        }
    }

    private static func read(_ arn: String) -> Policy? {
        guard let text = AWSManagedPolicies.document(arn) else { return nil }
        let parsed = JSONParser.parse(Array(text.utf8), file: SourceSpan.nowhere.file)
        guard let value = parsed.value else { return nil }
        return PolicyParser.parse(value, as: .identity).value.map {
            Policy(name: arn, arn: arn, document: $0)
        }
    }
}
