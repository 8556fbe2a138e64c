import JSONSource

/// The AWS managed policies that come with orgsim, by ARN.
///
/// A small selection for now; any other is supplied in the organization file under
/// `awsManagedPolicies`.
package enum AWSManagedPolicies {
    /// The document of a policy as JSON; nil for a policy that is not carried.
    package static func document(_ arn: String) -> String? { documents[arn] }

    /// The ARNs of all policies carried, sorted.
    package static var arns: [String] { documents.keys.sorted() }

    /// The policy of the same name under another path, or the one with the closest name.
    package static func nearest(to arn: String) -> String? {
        func name(_ arn: String) -> String {
            arn.split(separator: "/").last.map(String.init) ?? arn
        }
        let names = Dictionary(arns.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
        return NearestName.of(name(arn), among: names.keys.sorted()).flatMap { names[$0] }
    }

    private static let documents: [String: String] = {
        var found: [String: String] = [:]
        for line in text.description.split(separator: "\n") {
            guard let tab = line.firstIndex(of: "\t") else { continue }
            found[String(line[..<tab])] = String(line[line.index(after: tab)...])
        }
        return found
    }()
}
