package import PolicyLanguage

/// A policy document under the name it is attached by.
package struct Policy: Sendable, Hashable {
    /// The name in the file; the ARN for an AWS managed policy; nil for the one policy that a
    /// resource, role or endpoint has.
    package let name: String?
    package let arn: String?
    package let document: PolicyDocument
    /// When the policy was written, counted in changes since the file was loaded: a principal
    /// that it names and that was made anew later is another one (PRIN-8).
    package let writtenAt: Int

    package init(name: String?, arn: String? = nil, document: PolicyDocument, writtenAt: Int = 0) {
        self.name = name
        self.arn = arn
        self.document = document
        self.writtenAt = writtenAt
    }
}
