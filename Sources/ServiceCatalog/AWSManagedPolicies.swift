import JSONSource
import PolicyLanguage

/// The AWS managed policies in their default version, by ARN; compiled in: `Sources/CatalogData`.
///
/// Source: AWS Managed Policy Reference, as of 2026-10-27. One that is newer is supplied in the
/// organization file under `awsManagedPolicies`.
package enum AWSManagedPolicies {
    /// Whether a text has the form of the ARN of an AWS managed policy, in any partition.
    package static func isARN(_ text: String) -> Bool {
        guard let arn = ARN(text) else { return false }
        return arn.service == "iam" && arn.region.isEmpty && arn.account == "aws"
            && arn.resource.hasPrefix("policy/")
    }

    /// The document of a policy as JSON; nil for a policy that is not carried.
    package static func document(_ arn: String) -> String? {
        guard arn.hasPrefix(arnPrefix) else { return nil }
        let path = String(arn.dropFirst(arnPrefix.count))
        // The entries are found without regard to case, ARNs are not.
        guard let entry = entries[path], entry.name.string == path else { return nil }
        return entry.rest.string
    }

    /// The ARNs of all policies carried, sorted.
    package static var arns: [String] { entries.all.map { arnPrefix + $0.name.string }.sorted() }

    /// The policy of the same name under another path, or the one with the closest name.
    package static func nearest(to arn: String) -> String? {
        let wanted = name(arn)
        if let same = arnsByName[wanted] { return same }
        // Names of about the same length only: NearestName looks at a thousand and no further.
        let close = arnsByName.keys.filter { abs($0.utf8.count - wanted.utf8.count) <= 5 }
        return NearestName.of(wanted, among: close.sorted()).flatMap { arnsByName[$0] }
    }

    private static let arnsByName = Dictionary(
        arns.map { (name($0), $0) },
        uniquingKeysWith: { first, _ in first }
    )

    private static func name(_ arn: String) -> String {
        arn.split(separator: "/").last.map(String.init) ?? arn
    }

    private static let arnPrefix = "arn:aws:iam::aws:policy"

    /// Path and name of each policy, and where its document lies; hops over the documents.
    private static let entries: SortedEntries = {
        var text = EmbeddedText.managedPolicies
        _ = text.take(until: .newline)
        var entries = SortedEntries(count: 1_600)
        while !text.isEmpty {
            let path = text.take(until: .tab)
            _ = text.take(until: .tab)  // Version.
            _ = text.take(until: .tab)  // Date.
            let document = text.take(text.take(until: .tab).number)
            text.drop(1)
            entries.append(SortedEntries.Entry(name: path, rest: document))
        }
        return entries
    }()
}
