import Authorization
import OrganizationModel
import PolicyLanguage

/// One question asked of principals by one thread.
struct PrincipalSurvey: ~Copyable {
    private let question: Request
    private let directory: PrincipalDirectory
    private var roles: RoleSurvey
    private var others: Decider

    /// What came of asking some of them.
    struct Findings: Sendable {
        var allowed: [NamedPrincipal] = []
        var absentKeys: Set<String> = []
    }

    init(_ question: Request, _ engine: Engine, _ directory: PrincipalDirectory) {
        self.question = question
        self.directory = directory
        roles = RoleSurvey(question, engine)
        others = engine.decider()
    }

    /// Asks every user and role of some accounts.
    mutating func ask(_ accounts: Range<Int>) -> Findings {
        var findings = Findings()
        for place in accounts {
            let account = directory.organization.accounts[place]
            for user in account.users { ask(directory.user(user, in: account), &findings) }
            askRoles(of: account, at: place, &findings)
        }
        findings.absentKeys.formUnion(roles.absentKeys)
        return findings
    }

    /// Asks each of some principals.
    mutating func ask(_ principals: [NamedPrincipal]) -> Findings {
        var findings = Findings()
        for principal in principals { ask(principal, &findings) }
        return findings
    }

    private mutating func ask(_ principal: NamedPrincipal, _ findings: inout Findings) {
        var isAllowed = false
        for caller in principal.callers {
            var request = question
            request.caller = caller
            let decision = others.decision(on: request, telling: .reasons)
            findings.absentKeys.formUnion(decision.absentKeys)
            if decision.outcome == .allowed { isAllowed = true }
        }
        others.forgetRequests()
        if isAllowed { findings.allowed.append(principal) }
    }

    private mutating func askRoles(
        of account: Account,
        at place: Int,
        _ findings: inout Findings
    ) {
        let directory = directory
        let direct = directory.directSession
        var apart: [Int] = []
        var allowed: [Int] = []
        roles.ask(account: place) { role, number in
            guard !role.isServiceLinked else { return nil }
            guard let center = directory.organization.identityCenter,
                let provisioned = directory.provisioned(role, in: account)
            else { return RoleSurvey.Use(session: direct, isOnlyOne: true) }
            guard let person = center.someone(assigned: provisioned) else { return nil }
            return RoleSurvey.Use(
                session: directory.session(of: person.user, center),
                isOnlyOne: person.isAlone
            )
        } answer: { number, answer in
            switch answer {
            case .allowed: allowed.append(number)
            case .denied: break
            case .hangsOnPerson: apart.append(number)
            }
        }
        findings.allowed += allowed.map { directory.role(account.roles[$0], in: account) }
        for number in apart { ask(directory.role(account.roles[number], in: account), &findings) }
    }
}
