extension PrincipalEntry: CustomStringConvertible {
    /// The entry as a policy may write it.
    package var description: String {
        switch self {
        case .everyone: "*"
        case .account(let id): id.description
        case .user(let arn), .role(let arn), .assumedRole(let arn), .federatedUser(let arn):
            arn.description
        case .uniqueID(let text), .service(let text), .federated(let text),
            .canonicalUser(let text):
            text
        }
    }
}
