package import PolicyLanguage

/// A policy document under the name it is attached by.
///
/// An organization holds a million of them: the names, of which there are few, are held apart, so
/// that a policy takes half the room.
package struct Policy: Sendable, Hashable {
    package let document: PolicyDocument
    private let changeCount: Int32
    private let naming: PolicyNaming?

    package init(name: String?, arn: String? = nil, document: PolicyDocument, writtenAt: Int = 0) {
        let isNamed = name != nil || arn != nil
        self.init(
            isNamed ? PolicyNaming(name: name, arn: arn) : nil,
            document: document,
            writtenAt: writtenAt
        )
    }

    /// With names that other policies have as well.
    init(_ naming: PolicyNaming?, document: PolicyDocument, writtenAt: Int = 0) {
        self.naming = naming
        self.document = document
        changeCount = Int32(clamping: writtenAt)
    }
}

extension Policy {
    /// The name in the file; the ARN for an AWS managed policy; nil for the one policy that a
    /// resource, role or endpoint has.
    package var name: String? { naming?.name }
    package var arn: String? { naming?.arn }
    /// When the policy was written, counted in changes since the file was loaded: a principal
    /// that it names and that was made anew later is another one (PRIN-8).
    package var writtenAt: Int { Int(changeCount) }
}

/// What a policy is called; policies of the same name may share it.
final class PolicyNaming: Sendable {
    let name: String?
    let arn: String?

    init(name: String?, arn: String?) {
        self.name = name
        self.arn = arn
    }
}

extension PolicyNaming: Hashable {
    static func == (left: PolicyNaming, right: PolicyNaming) -> Bool {
        left === right || left.name == right.name && left.arn == right.arn
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(arn)
    }
}
