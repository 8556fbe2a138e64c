/// Who makes a request.
struct Caller {
    enum Kind: Equatable {
        case root
        case user
        case role
        case federatedUser
        case service(String)
        /// Somebody an identity provider vouches for, by the provider's ARN (STS-16).
        case federated(provider: String)
        case anonymous
    }

    let kind: Kind
    var account: Account?
    var entity: Entity?
    var sessionName = ""
    var sessionTags: [String: String] = [:]
    var sourceAccount: Account?
    var sourceAccountID: String?
    var sourceARN: String?
    /// What the call that gave out the credentials fixed; nil for a caller named directly.
    var session: SessionFacts?

    /// The policies of the user or role.
    var policies: [NamedPolicy] {
        entity?.policies ?? []
    }

    /// Users and roles may have one; it limits a user's federated sessions as well (STS-32).
    var boundary: NamedPolicy? {
        entity?.boundary
    }

    /// The ARN of the user, role or root, path included.
    var entityARN: String? {
        kind == .root ? account.map { "arn:aws:iam::\($0.id):root" } : entity?.arn
    }

    /// The ARN of a session; it never holds a path (PRIN-7).
    var sessionARN: String? {
        guard let account, let entity else {
            return nil
        }
        switch kind {
        case .role:
            return "arn:aws:sts::\(account.id):assumed-role/\(entity.name)/\(sessionName)"
        case .federatedUser:
            return "arn:aws:sts::\(account.id):federated-user/\(federatedName)"
        case .root, .user, .service, .federated, .anonymous:
            return nil
        }
    }

    /// The name of a federated session; that of the user where nobody chose one.
    var federatedName: String {
        session?.federatedName ?? entity?.name ?? ""
    }

    /// KEY-9: the ARN that principal elements and messages see.
    var principalARN: String? {
        sessionARN ?? entityARN
    }

    /// STS-32: a bare federated session has no session policy, which counts as one that is silent.
    var lacksSessionPolicy: Bool {
        kind == .federatedUser && session?.policies == nil
    }

    /// Whether a root user or one of IAM's entities calls.
    var hasIdentitySide: Bool {
        switch kind {
        case .user, .role, .federatedUser:
            true
        case .root, .service, .federated, .anonymous:
            false
        }
    }
}

extension Caller {
    /// The caller a request names; nil where nobody of the organization is meant.
    init?(_ json: JSON, organization: Organization, identityCenter: JSON?) {
        guard let text = json.text else {
            // {"service": …, "sourceAccount": …, "sourceArn": …}
            guard let service = json["service"]?.text else {
                return nil
            }
            self.init(kind: .service(service))
            if let source = json["sourceAccount"]?.text {
                sourceAccount = organization.account(source)
                sourceAccountID = sourceAccount?.id ?? source
            }
            sourceARN = json["sourceArn"]?.text
            return
        }
        if text == "anonymous" {
            self.init(kind: .anonymous)
        } else if text.hasPrefix("service:") {
            self.init(kind: .service(String(text.dropFirst("service:".count))))
        } else if text.hasPrefix("sso:") {
            self.init(
                person: text.dropFirst("sso:".count),
                organization: organization,
                identityCenter: identityCenter
            )
        } else if text.hasPrefix("arn:") {
            let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            guard parts.count == 6, let account = organization.account(String(parts[4])) else {
                return nil
            }
            self.init(named: parts[5], account: account)
        } else {
            let parts = text.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let account = organization.account(String(parts[0])) else {
                return nil
            }
            self.init(named: parts[1], account: account)
        }
    }

    /// Reads what follows the account: a root, user, role or session.
    private init?(named text: Substring, account: Account) {
        if text == "root" {
            self.init(kind: .root, account: account)
            return
        }
        let parts = text.split(separator: "/")
        guard parts.count >= 2 else {
            return nil
        }
        switch parts[0] {
        case "user":
            guard let user = Account.find(text, in: account.users) else {
                return nil
            }
            self.init(kind: .user, account: account, entity: user)
        case "role":
            guard let role = Account.find(text, in: account.roles) else {
                return nil
            }
            // A role used directly acts as a session named "orgsim".
            self.init(kind: .role, account: account, entity: role, sessionName: "orgsim")
        case "assumed-role":
            guard parts.count == 3, let role = account.roles[String(parts[1])] else {
                return nil
            }
            self.init(
                kind: .role,
                account: account,
                entity: role,
                sessionName: String(parts[2])
            )
        case "federated-user":
            guard let user = account.users[String(parts[1])] else {
                return nil
            }
            self.init(kind: .federatedUser, account: account, entity: user)
        default:
            return nil
        }
    }

    /// Reads `USER/PERMISSIONSET@ACCOUNT`.
    private init?(person text: Substring, organization: Organization, identityCenter: JSON?) {
        let halves = text.split(separator: "@")
        let names = halves.first?.split(separator: "/") ?? []
        guard let identityCenter, halves.count == 2, names.count == 2,
            let account = organization.account(String(halves[1]))
        else {
            return nil
        }
        let user = String(names[0])
        let set = String(names[1])
        let prefix = "AWSReservedSSO_\(set)_"
        guard
            IdentityCenter.holds(user: user, set: set, account: account, json: identityCenter),
            let role = account.roles.values.first(where: {
                $0.isOfIdentityCenter && $0.name.hasPrefix(prefix)
                    && $0.name.count == prefix.count + 16
            })
        else {
            return nil
        }
        self.init(kind: .role, account: account, entity: role, sessionName: user)
        sessionTags = IdentityCenter.tags(user: user, json: identityCenter)
    }
}
