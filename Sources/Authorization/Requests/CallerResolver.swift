import JSONSource
package import OrganizationModel
package import PolicyLanguage

/// Turns the ways people write principals and resources into callers and ARNs.
package struct CallerResolver: Sendable {
    private let organization: Organization
    private let instant: Instant

    package init(organization: Organization, instant: Instant) {
        self.organization = organization
        self.instant = instant
    }

    /// A name that means nobody, as a sentence for the author of the file.
    package struct Problem: Error, Hashable {
        /// As diagnostics carry it.
        package let code: String
        package let message: String

        init(_ code: String, _ message: String) {
            self.code = code
            self.message = message
        }
    }

    /// The name of the session in which a role is used directly.
    package static let directSessionName = "orgsim"
}

extension CallerResolver {
    /// A principal in any of the forms of formats.md, section 2, but a saved session.
    package func caller(_ text: String) throws(Problem) -> Caller {
        if text == "anonymous" { return .anonymous }
        if text.hasPrefix("service:") {
            return .service(try service(String(text.dropFirst("service:".count))))
        }
        if text.hasPrefix("sso:") { return try person(text) }
        if text.hasPrefix("arn:") {
            guard let arn = ARN(text) else {
                throw Problem("request.invalid-principal", "'\(text)' is not an ARN")
            }
            return try caller(arn)
        }
        guard let reference = try shorthand(text) else {
            throw Problem(
                "request.invalid-principal",
                "'\(text)' is not a principal: expected an ARN, ACCOUNT:user/NAME, "
                    + "ACCOUNT:role/NAME, ACCOUNT:root, sso:USER/PERMISSIONSET@ACCOUNT, "
                    + "service:NAME, anonymous or $SESSION"
            )
        }
        switch reference.kind {
        case .root: return .root(reference.account.id, nil)
        case .user: return .user(try user(reference.name, in: reference.account).entity, nil)
        case .role:
            let role = try role(reference.name, in: reference.account)
            return .role(role.entity, session(of: role, named: Self.directSessionName))
        }
    }

    /// The ARN by which policies and reasons know a principal; nil when he has none.
    package func principalARN(_ text: String) -> ARN? {
        guard let caller = try? caller(text) else { return nil }
        return Subject(caller, in: organization)?.arn
    }

    /// A service principal such as `lambda.amazonaws.com`.
    package func service(
        _ name: String,
        sourceAccount: String? = nil,
        sourceARN: String? = nil
    ) throws(Problem) -> ServiceCaller {
        let isName = name.utf8.allSatisfy {
            ActionName.isPrefixByte($0) || $0 == UInt8(ascii: ".")
        }
        guard name.contains("."), isName else {
            throw Problem(
                "request.invalid-service-principal",
                "'\(name)' is not a service principal such as lambda.amazonaws.com"
            )
        }
        var source: AccountID?
        if let sourceAccount {
            // A service may call for an account that the file does not know.
            if let id = AccountID(sourceAccount) {
                source = id
            } else {
                source = try account(sourceAccount).id
            }
        }
        return ServiceCaller(name: name, sourceAccount: source, sourceARN: sourceARN)
    }

    /// The account of that name or id.
    package func account(_ text: some StringProtocol) throws(Problem) -> Account {
        if let account = organization.account(named: String(text)) { return account }
        throw unknown(
            "request.unknown-account",
            "account",
            String(text),
            among: organization.accountNames
        )
    }

    /// A resource as written, with the shorthand for IAM ARNs put in full.
    package func resource(_ text: String) throws(Problem) -> String {
        if text == "*" || text.hasPrefix("arn:") { return text }
        guard let reference = try shorthand(text) else {
            throw Problem(
                "request.invalid-resource",
                "'\(text)' is not a resource: expected an ARN, * or ACCOUNT:role/NAME"
            )
        }
        let account = reference.account
        switch reference.kind {
        case .root: return account.rootARN.description
        case .user:
            if let user = try? user(reference.name, in: account) { return user.arn.description }
            return "arn:aws:iam::\(account.id):user/\(reference.name)"
        case .role:
            if let role = try? role(reference.name, in: account) { return role.arn.description }
            return "arn:aws:iam::\(account.id):role/\(reference.name)"
        }
    }

    /// A role by shorthand or ARN, as STS calls name it.
    package func role(_ text: String) throws(Problem) -> (account: Account, role: IAMRole) {
        if let arn = ARN(text), arn.resourceType == "role" {
            let account = try account(of: arn)
            return (account, try role(arn.resource.dropFirst("role/".count), in: account))
        }
        guard let reference = try shorthand(text), reference.kind == .role else {
            throw Problem(
                "request.invalid-role",
                "'\(text)' is not a role: expected an ARN or ACCOUNT:role/NAME"
            )
        }
        return (reference.account, try role(reference.name, in: reference.account))
    }
}

extension CallerResolver {
    private enum Kind {
        case root
        case user
        case role
    }

    private struct Reference {
        let account: Account
        let kind: Kind
        let name: Substring
    }

    /// A role used directly acts in a session without MFA that was issued just now; sessions of
    /// Identity Center's roles carry no MFA key at all.
    private func session(of role: IAMRole, named name: String) -> Session {
        Session(name: name, issuedAt: instant, mfa: role.isReserved ? .notCarried : .notUsed)
    }

    /// `ACCOUNT:root`, `ACCOUNT:user/NAME` or `ACCOUNT:role/NAME`; nil for any other form.
    private func shorthand(_ text: String) throws(Problem) -> Reference? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = text[text.index(after: colon)...]
        let kind: Kind
        let name: Substring
        if rest == "root" {
            (kind, name) = (.root, "")
        } else if rest.hasPrefix("user/") {
            (kind, name) = (.user, rest.dropFirst("user/".count))
        } else if rest.hasPrefix("role/") {
            (kind, name) = (.role, rest.dropFirst("role/".count))
        } else {
            return nil
        }
        return Reference(account: try account(text[..<colon]), kind: kind, name: name)
    }

    private func caller(_ arn: ARN) throws(Problem) -> Caller {
        let account = try account(of: arn)
        let name = arn.resource.drop { $0 != "/" }.dropFirst()
        switch (arn.service, arn.resourceType) {
        case ("iam", "root") where arn.resource == "root": return .root(account.id, nil)
        case ("iam", "user"):
            let user = try user(name, in: account)
            // An ARN is whole: only the shorthand may leave the path out.
            guard user.arn == arn else {
                throw Problem("request.wrong-path", "the user's ARN is '\(user.arn)', not '\(arn)'")
            }
            return .user(user.entity, nil)
        case ("iam", "role"):
            let role = try role(name, in: account)
            guard role.arn == arn else {
                throw Problem("request.wrong-path", "the role's ARN is '\(role.arn)', not '\(arn)'")
            }
            return .role(role.entity, session(of: role, named: Self.directSessionName))
        case ("sts", "assumed-role"):
            let parts = name.split(separator: "/", maxSplits: 1)
            guard parts.count == 2 else {
                throw Problem("request.invalid-principal", "'\(arn)' lacks the name of the session")
            }
            let role = try role(parts[0], in: account)
            return .role(role.entity, session(of: role, named: String(parts[1])))
        case ("sts", "federated-user"):
            let user = try user(name, in: account)
            let session = Session(name: String(name), issuedAt: instant)
            return .federatedUser(account.id, user: user.entity, session)
        default:
            throw Problem(
                "request.invalid-principal",
                "'\(arn)' is not the ARN of a user, a role, root or a session"
            )
        }
    }

    private func account(of arn: ARN) throws(Problem) -> Account {
        guard let id = arn.accountID, let account = organization.account(id) else {
            throw Problem(
                "request.unknown-account",
                "the account '\(arn.account)' of '\(arn)' is not in the file"
            )
        }
        return account
    }

    private func user(_ name: Substring, in account: Account) throws(Problem) -> IAMUser {
        if let user = account.user(name.lastPathPart), user.arn.fits(name) { return user }
        throw unknown(
            "request.unknown-user",
            "user",
            "\(account.name):user/\(name)",
            among: account.users.map {
                "\(account.name):user/\($0.name)"
            }
        )
    }

    private func role(_ name: Substring, in account: Account) throws(Problem) -> IAMRole {
        if let role = account.role(name.lastPathPart), role.arn.fits(name) { return role }
        throw unknown(
            "request.unknown-role",
            "role",
            "\(account.name):role/\(name)",
            among: account.roles.map {
                "\(account.name):role/\($0.name)"
            }
        )
    }

    /// `sso:USER/PERMISSIONSET@ACCOUNT`: a session of the role provisioned there (IDC-5).
    private func person(_ text: String) throws(Problem) -> Caller {
        let rest = text.dropFirst("sso:".count)
        guard let at = rest.lastIndex(of: "@"), let slash = rest[..<at].lastIndex(of: "/") else {
            throw Problem(
                "request.invalid-principal",
                "'\(text)' is not of the form sso:USER/PERMISSIONSET@ACCOUNT"
            )
        }
        guard let center = organization.identityCenter else {
            throw Problem(
                "request.no-identity-center",
                "'\(text)': the organization has no Identity Center"
            )
        }
        let account = try account(rest[rest.index(after: at)...])
        let name = String(rest[..<slash])
        let set = String(rest[rest.index(after: slash)..<at])
        guard let user = center.user(name) else {
            throw unknown(
                "request.unknown-person",
                "Identity Center user",
                name,
                among: center.users.map(\.name)
            )
        }
        guard center.permissionSets.contains(where: { $0.name == set }) else {
            throw unknown(
                "request.unknown-permission-set",
                "permission set",
                set,
                among: center.permissionSets.map(\.name)
            )
        }
        guard let found = center.role(of: user, permissionSet: set, account: account.id),
            let role = account.role(found.name)
        else {
            throw Problem(
                "request.no-assignment",
                "'\(name)' has no permission set '\(set)' in the account '\(account.name)'"
            )
        }
        let session = Session(
            name: name,
            issuedAt: instant,
            mfa: .notCarried,
            tags: center.sessionTags(of: user),
            origin: .signIn(person: name, permissionSet: set)
        )
        return .role(role.entity, session)
    }

    /// The Identity Center user of a name.
    package func identityCenterUser(_ name: String) throws(Problem) -> IdentityCenter.User {
        guard let center = organization.identityCenter else {
            throw Problem("request.no-identity-center", "the organization has no Identity Center")
        }
        guard let user = center.user(name) else {
            throw unknown(
                "request.unknown-person",
                "Identity Center user",
                name,
                among: center.users.map(\.name)
            )
        }
        return user
    }

    /// The permission set of a name.
    package func permissionSet(_ name: String) throws(Problem) -> IdentityCenter.PermissionSet {
        let sets = organization.identityCenter?.permissionSets ?? []
        guard let set = sets.first(where: { $0.name == name }) else {
            throw unknown(
                "request.unknown-permission-set",
                "permission set",
                name,
                among: sets.map(\.name)
            )
        }
        return set
    }

    private func unknown(
        _ code: String,
        _ kind: String,
        _ name: String,
        among known: [String]
    ) -> Problem {
        let near = NearestName.of(name, among: known).map { ", did you mean '\($0)'?" } ?? ""
        return Problem(code, "there is no \(kind) '\(name)'\(near)")
    }
}

extension IAMUser {
    /// The identity sessions and policies are bound to.
    package var entity: IAMEntity {
        IAMEntity(account: owner(of: arn), name: name, uniqueID: uniqueID)
    }
}

extension IAMRole {
    /// The identity sessions and policies are bound to.
    package var entity: IAMEntity {
        IAMEntity(account: owner(of: arn), name: name, uniqueID: uniqueID)
    }
}

private func owner(of arn: ARN) -> AccountID {
    guard let account = arn.accountID else {
        preconditionFailure("the ARN of an IAM entity always names its account")
    }
    return account
}

extension ARN {
    /// Whether a name with or without its path means this user or role.
    fileprivate func fits(_ name: Substring) -> Bool {
        name.contains("/") ? resource.hasSuffix("/" + name) : resourceName == name
    }
}

extension Substring {
    fileprivate var lastPathPart: Substring {
        lastIndex(of: "/").map { self[index(after: $0)...] } ?? self
    }
}
