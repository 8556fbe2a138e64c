import OrganizationModel
import PolicyLanguage

/// A caller as `Principal` elements see him, in numbers; 0 is what he has not.
struct CallerFacts: BitwiseCopyable {
    enum Kind: UInt8, BitwiseCopyable {
        case root
        case user
        case role
        case federatedUser
        case assumedRoot
        case service
        case federation
        case anonymous
    }

    var kind: Kind
    var account: Symbol = 0
    /// The ARN that `Principal` elements use, of a session its own (KEY-9).
    var arn: Symbol = 0
    /// The user or role behind him.
    var entity: Symbol = 0
    var uniqueID: Symbol = 0
    /// When the entity was made (PRIN-8).
    var createdAt = 0
    /// Of a service its name, of whoever comes from an identity provider the provider's.
    var name: Symbol = 0

    init(_ subject: Subject, _ symbols: inout Symbols) {
        kind = Kind(subject.kind)
        account = subject.account.map { symbols.symbol($0.id.description) } ?? 0
        arn = subject.arn.map { symbols.symbol($0.description) } ?? 0
        if let found = subject.entity {
            entity = symbols.symbol(found.arn.description)
            uniqueID = symbols.symbol(found.uniqueID)
            createdAt = found.createdAt
        }
        switch subject.kind {
        case .service(let service): name = symbols.symbol(service.name)
        case .federation(let provider, _): name = symbols.symbol(provider)
        case .root, .user, .role, .federatedUser, .assumedRoot, .anonymous: break
        }
    }

    /// A root user, or a session that acts as one.
    var actsAsRoot: Bool { kind == .root || kind == .assumedRoot }
}

extension CallerFacts.Kind {
    fileprivate init(_ kind: Subject.Kind) {
        self =
            switch kind {
            case .root: .root
            case .user: .user
            case .role: .role
            case .federatedUser: .federatedUser
            case .assumedRoot: .assumedRoot
            case .service: .service
            case .federation: .federation
            case .anonymous: .anonymous
            }
    }
}
