import Authorization
import OrganizationModel
import PolicyLanguage

/// One question asked of principals by one thread.
struct PrincipalSurvey: ~Copyable {
    private let question: Request
    private let directory: PrincipalDirectory
    private var roles: RoleSurvey
    private var others: Decider
    /// How roles of the accounts' own are used.
    private let direct: RoleSurvey.Use
    /// How people use roles of Identity Center, alone or not, by their places.
    private var uses: [Person: RoleSurvey.Use] = [:]

    private struct Person: Hashable {
        let place: Int
        let isAlone: Bool
    }

    /// What came of asking some of them.
    struct Findings: Sendable {
        var allowed: [NamedPrincipal] = []
        /// Those of whom nobody can tell.
        var undetermined: [NamedPrincipal] = []
        var absentKeys: Set<String> = []
    }

    init(_ question: Request, _ engine: Engine, _ directory: PrincipalDirectory) {
        self.question = question
        self.directory = directory
        roles = RoleSurvey(question, engine)
        others = engine.decider()
        direct = RoleSurvey.Use(session: directory.directSession, isOnlyOne: true)
    }

    /// Asks every user and role of some accounts.
    mutating func ask(_ accounts: Range<Int>) -> Findings {
        var findings = Findings()
        for place in accounts {
            for number in directory.organization.accounts[place].users.indices {
                ask(directory.named(.user(number, account: place)), &findings)
            }
            askRoles(ofAccountAt: place, &findings)
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
        var isOpen = false
        for caller in principal.callers {
            var request = question
            request.caller = caller
            let decision = others.decision(on: request, telling: .reasons)
            findings.absentKeys.formUnion(decision.absentKeys)
            if decision.outcome == .allowed { isAllowed = true }
            if decision.outcome == .undetermined { isOpen = true }
        }
        others.forgetRequests()
        if isAllowed {
            findings.allowed.append(principal)
        } else if isOpen {
            findings.undetermined.append(principal)
        }
    }

    private mutating func askRoles(ofAccountAt place: Int, _ findings: inout Findings) {
        let provisioned = directory.provisioned(in: directory.organization.accounts[place])
        var exceptions: [RoleSurvey.Exception] = []
        var allowed: [Int] = []
        var open: [Int] = []
        let mayHaveOthers = directory.organization.identityCenter?.missingAssignments != nil
        for role in provisioned {
            let use = use(of: role)
            exceptions.append(RoleSurvey.Exception(role: role.role, use: use))
            // Somebody nobody knows of may come into a role that nobody is known to be assigned.
            if use == nil, mayHaveOthers { open.append(role.role) }
        }
        var apart: [Int] = []
        roles.ask(account: place, as: direct, but: exceptions) { number, answer in
            switch answer {
            case .allowed: allowed.append(number)
            case .denied: break
            case .undetermined: open.append(number)
            case .hangsOnPerson: apart.append(number)
            }
        }
        guard !allowed.isEmpty || !open.isEmpty || !apart.isEmpty else { return }
        let places = Dictionary(
            provisioned.map { ($0.role, $0.place) },
            uniquingKeysWith: { first, _ in first }
        )
        func named(_ number: Int) -> NamedPrincipal {
            directory.named(.role(number, account: place, provisioned: places[number]))
        }
        findings.allowed += allowed.map(named)
        findings.undetermined += open.map(named)
        for number in apart { ask(named(number), &findings) }
    }

    /// How the first of the people assigned to a role uses it; nil where there is nobody.
    private mutating func use(of role: PrincipalDirectory.Provisioned) -> RoleSurvey.Use? {
        guard let center = directory.organization.identityCenter,
            let someone = center.someone(assigned: center.provisionedRoles[role.place])
        else { return nil }
        let person = Person(place: someone.place, isAlone: someone.isAlone)
        if let known = uses[person] { return known }
        let session = directory.session(of: center.users[someone.place], center)
        let use = RoleSurvey.Use(session: session, isOnlyOne: someone.isAlone)
        uses[person] = use
        return use
    }
}
