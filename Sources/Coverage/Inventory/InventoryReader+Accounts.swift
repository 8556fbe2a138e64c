import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage

extension InventoryReader {
    mutating func readAccount(_ member: JSONMember) {
        guard let account = organization.account(named: member.key) else { return }
        readControlAttachments(
            of: member.value,
            to: .account(account.name),
            called: account.name
        )
        if let iam = member.value["iam"] { readIAM(iam, of: account) }
        for resource in member.value["resources"]?.members ?? [] { readResource(resource) }
    }

    private mutating func readIAM(_ iam: JSONValue, of account: Account) {
        for member in iam["managedPolicies"]?.members ?? [] {
            guard let policy = account.settings.managedPolicies[member.key] else { continue }
            add(policy.document, as: .identityPolicy, named: "\(account.name):\(member.key)")
        }
        for member in iam["users"]?.members ?? [] {
            let holder = PolicyHolder(.user(account.id, member.key), account, "user", member)
            read(holder, boundary: account.user(member.key)?.permissionsBoundary)
        }
        for member in iam["groups"]?.members ?? [] {
            let holder = PolicyHolder(.group(account.id, member.key), account, "group", member)
            read(holder, boundary: nil)
        }
        for member in iam["roles"]?.members ?? [] {
            guard let role = account.role(member.key) else { continue }
            let holder = PolicyHolder(.role(account.id, role.name), account, "role", member)
            read(holder, boundary: role.permissionsBoundary)
            readTrustPolicy(of: role, holder)
        }
    }

    /// A user, group or role as the file has it.
    private struct PolicyHolder {
        let key: AttachmentKey.Holder
        let account: Account
        let name: String
        let value: JSONValue

        init(
            _ key: AttachmentKey.Holder,
            _ account: Account,
            _ kind: String,
            _ member: JSONMember
        ) {
            self.key = key
            self.account = account
            name = "\(account.name):\(kind)/\(member.key)"
            value = member.value
        }
    }

    private mutating func read(_ holder: PolicyHolder, boundary: Policy?) {
        for member in holder.value["inlinePolicies"]?.members ?? [] {
            guard let document = document(member.value, as: .identity) else { continue }
            add(document, as: .identityPolicy, named: "\(holder.name) \(member.key)")
            let key = PolicyKey.written(name: member.key, document.span)
            attach(key, member.key, to: holder, as: .identityPolicy, at: member.keySpan)
        }
        for element in holder.value["managedPolicies"]?.elements ?? [] {
            guard let name = element.string, let key = key(name, in: holder.account) else {
                continue
            }
            attach(key, name, to: holder, as: .identityPolicy, at: element.span)
        }
        if let boundary, !boundary.document.standsForMissing,
            let value = holder.value["permissionsBoundary"], value.isString
        {
            let name = "boundary \(boundary.name ?? "")"
            let key = PolicyKey(boundary)
            attach(key, name, to: holder, as: .permissionsBoundary, at: value.span)
        }
    }

    /// What a name or ARN means in an account.
    private func key(_ name: String, in account: Account) -> PolicyKey? {
        let known = account.settings.managedPolicies
        let arn = ARN(name)
        if known[name] == nil, arn?.account == "aws" { return .ofAWS(name) }
        let policy = known[name] ?? arn.flatMap { known[String($0.resourceName)] }
        guard let policy, !policy.document.standsForMissing else { return nil }
        return PolicyKey(policy)
    }

    private mutating func attach(
        _ policy: PolicyKey,
        _ name: String,
        to holder: PolicyHolder,
        as type: PolicyType,
        at span: SourceSpan
    ) {
        let key = AttachmentKey(holder: holder.key, type: type, policy: policy)
        add(.attachment, "\(name) on \(holder.name)", at: span, keys: [key])
    }

    private mutating func readTrustPolicy(of role: IAMRole, _ holder: PolicyHolder) {
        guard !role.trustPolicy.document.standsForMissing,
            let member = holder.value.members?.first(where: { $0.key == "trustPolicy" })
        else { return }
        add(role.trustPolicy.document, as: .trustPolicy, named: holder.name)
        let key = AttachmentKey(
            holder: .resource(role.arn.description),
            type: .trustPolicy,
            policy: PolicyKey(role.trustPolicy)
        )
        add(.trustPolicy, "trust policy of \(holder.name)", at: member.keySpan, keys: [key])
    }

    private mutating func readResource(_ member: JSONMember) {
        let arn = member.value["arn"]?.string ?? member.key
        guard let policy = organization.listed(arn)?.resource.policy,
            !policy.document.standsForMissing,
            let place = member.value.members?.first(where: { $0.key == "policy" })?.keySpan
        else { return }
        let isEndpoint = ARN(arn)?.isVPCEndpoint ?? false
        let type: PolicyType = isEndpoint ? .vpcEndpointPolicy : .resourcePolicy
        add(policy.document, as: type, named: arn)
        let key = AttachmentKey(holder: .resource(arn), type: type, policy: PolicyKey(policy))
        add(.attachment, "policy of \(arn)", at: place, keys: [key])
    }
}
