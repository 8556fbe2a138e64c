/// An action such as `s3:GetObject`; spelled as written, compared without regard to case.
///
/// Source: IAM User Guide, "IAM JSON policy elements: Action" (ACT-1).
package struct ActionName: Sendable, Hashable, CustomStringConvertible {
    /// Actions are copied far more often than made: all names count as one thing that is held.
    private let names: Names

    private final class Names: Sendable {
        let description: String
        let canonical: String
        let service: String
        let name: String

        init(_ description: String, canonical: String, service: String, name: String) {
            self.description = description
            self.canonical = canonical
            self.service = service
            self.name = name
        }
    }

    package var description: String { names.description }
    /// Lower case, as patterns are compared with it.
    package var canonical: String { names.canonical }
    package var service: String { names.service }
    package var name: String { names.name }

    /// Nil unless the text is `service:Name` without wildcards.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        guard parts.allSatisfy({ $0.utf8.allSatisfy(Self.isPrefixByte) }) else { return nil }
        names = Names(
            String(text),
            canonical: text.lowercased(),
            service: parts[0].lowercased(),
            name: parts[1].lowercased()
        )
    }

    /// Whether a byte may stand in a prefix such as `cognito-idp`, or in the name of an action.
    ///
    /// One name has a hyphen: `vpc-lattice:AssociateViaAWSService-EventsAndStates`.
    package static func isPrefixByte(_ byte: UInt8) -> Bool {
        isNameByte(byte) || byte == UInt8(ascii: "-")
    }

    /// Whether a byte is a letter or a digit.
    package static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    package static func == (left: ActionName, right: ActionName) -> Bool {
        left.names === right.names || left.canonical == right.canonical
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(canonical)
    }
}
