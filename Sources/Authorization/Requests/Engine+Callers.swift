package import PolicyLanguage

extension Engine {
    /// The ARN by which policies and messages know a caller; nil where he has none, or is gone.
    package func principalARN(of caller: Caller) -> ARN? {
        Subject(caller, in: organization)?.arn
    }
}

extension Caller {
    /// The temporary credentials the caller uses, if any.
    package var session: Session? {
        switch self {
        case .root(_, let session), .user(_, let session): session
        case .role(_, let session), .federatedUser(_, _, let session), .assumedRoot(_, let session):
            session
        case .service, .federation, .anonymous, .outsider: nil
        }
    }
}
