import JSONSource
import PolicyLanguage

extension SourceString {
    /// Whether the entry of `Action` is of a service whose own clients call it, and no service on
    /// anybody's behalf; something else stands before its policies: authorizers, the network, or
    /// users that only the service knows.
    var isCalledByClientsOnly: Bool {
        actionPattern?.service.map {
            ["elasticfilesystem", "es", "execute-api", "vpc-lattice-svcs"].contains($0)
        } ?? false
    }
}
