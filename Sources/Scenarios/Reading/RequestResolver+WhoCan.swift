import Analysis
import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage

extension RequestResolver {
    /// The question of a `whoCan` step, its names looked up.
    func question(_ step: WhoCanStep, _ diagnostics: inout [Diagnostic]) -> WhoCan.Question? {
        guard let resource = resource(step.resource, &diagnostics) else { return nil }
        var question = WhoCan.Question(action: step.action, resource: resource)
        // A request of nobody in particular looks up account and endpoint.
        let probe = request(.anonymous, step.action, resource, step.circumstances, &diagnostics)
        guard let probe else { return nil }
        question.context = probe.context
        question.resourceAccount = probe.resourceAccount
        question.endpoint = probe.endpoint
        question.viaService = probe.viaService
        question.without = probe.without
        question.include = step.include
        question.followsRoles = step.followsRoles
        return question
    }
}

/// The one spelling of a principal that answers use.
struct PrincipalNames {
    private let organization: Organization
    private let resolver: RequestResolver
    /// The permission set of each role that Identity Center provisioned, by the role's name.
    private let permissionSets: [AccountID: [String: String]]

    init(_ organization: Organization, _ resolver: RequestResolver) {
        self.organization = organization
        self.resolver = resolver
        var sets: [AccountID: [String: String]] = [:]
        for role in organization.identityCenter?.provisionedRoles ?? [] {
            sets[role.account, default: [:]][role.name] = role.permissionSet
        }
        permissionSets = sets
    }

    func canonical(_ names: [SourceString], _ diagnostics: inout [Diagnostic]) -> Set<String> {
        var found: Set<String> = []
        // Nobody reads a thousand mistakes, and each looks for the name that was meant.
        for name in names where diagnostics.count < [Diagnostic].limit * 4 {
            if let name = canonical(name, &diagnostics) { found.insert(name) }
        }
        return found
    }

    private func canonical(_ name: SourceString, _ diagnostics: inout [Diagnostic]) -> String? {
        if name.text.hasPrefix("sso:") { return permissionSet(name, &diagnostics) }
        let reference = PrincipalReference(form: .named(name.text), span: name.span)
        guard let caller = resolver.caller(reference, &diagnostics) else { return nil }
        switch caller {
        case .root(let id, _): return accountName(id).map { "\($0):root" }
        case .user(let entity, _):
            return accountName(entity.account).map { "\($0):user/\(entity.name)" }
        case .role(let entity, _): return role(entity)
        case .service(let service): return "service:\(service.name)"
        case .anonymous: return "anonymous"
        case .federatedUser, .assumedRoot, .federation, .outsider: return name.text
        }
    }

    private func accountName(_ id: AccountID) -> String? { organization.account(id)?.name }

    private func role(_ entity: IAMEntity) -> String? {
        guard let account = accountName(entity.account) else { return nil }
        if let set = permissionSets[entity.account]?[entity.name] { return "sso:\(set)@\(account)" }
        return "\(account):role/\(entity.name)"
    }

    /// `sso:PERMISSIONSET@ACCOUNT`; the form with a person in it means the same role.
    private func permissionSet(
        _ name: SourceString,
        _ diagnostics: inout [Diagnostic]
    ) -> String? {
        let rest = name.text.dropFirst("sso:".count)
        guard let at = rest.lastIndex(of: "@") else {
            let message = "'\(name.text)' is not of the form sso:PERMISSIONSET@ACCOUNT"
            diagnostics.append(.error("request.invalid-principal", message, at: name.span))
            return nil
        }
        let set = rest[..<at].split(separator: "/").last.map(String.init) ?? ""
        let account = String(rest[rest.index(after: at)...])
        let found = resolver.resolve(at: name.span, &diagnostics) {
            () throws(CallerResolver.Problem) in
            (try resolver.resolver.permissionSet(set), try resolver.resolver.account(account))
        }
        return found.map { "sso:\($0.0.name)@\($0.1.name)" }
    }
}
