package import Authorization
import OrganizationModel
package import Parallelism
package import PolicyLanguage
import SecurityTokens

/// Who may do something to a resource: every IAM user and role of the file, asked one by one.
///
/// Service-linked roles are left aside; an Identity Center role counts if one of the people
/// assigned to it may. With chains, whoever may assume a role that may counts as well.
package struct WhoCan: Sendable {
    private let engine: Engine
    private let instant: Instant
    let question: Question
    let directory: PrincipalDirectory

    package struct Question: Sendable {
        package var action: ActionName
        package var resource: String
        package var context = GivenContext()
        package var resourceAccount: AccountID?
        package var endpoint: ARN?
        package var viaService: String?
        /// Policy types that are taken not to be there.
        package var without: Set<PolicyType> = []
        /// Others to ask: root users, anonymous callers, services by name.
        package var include: [Inclusion] = []
        /// Whether principals count that get there by assuming roles.
        package var followsRoles = false

        package init(action: ActionName, resource: String) {
            self.action = action
            self.resource = resource
        }
    }

    package enum Inclusion: Sendable, Hashable {
        case root
        case anonymous
        case service(String)
    }

    /// One principal that may, and how.
    package struct Answer: Sendable {
        package let principal: NamedPrincipal
        /// The roles to assume on the way, in order; empty for a direct permission.
        package let chain: [NamedPrincipal]
    }

    package init(_ question: Question, _ engine: Engine, at instant: Instant) {
        self.engine = engine
        self.instant = instant
        self.question = question
        directory = PrincipalDirectory(engine.organization, at: instant)
    }

    /// Everybody who may, and what the answers may hang on.
    package struct Result: Sendable {
        /// Sorted by name.
        package let answers: [Answer]
        /// Those of whom nobody can tell, as it hangs on what could not be read; sorted by name.
        package let undetermined: [NamedPrincipal]
        /// Keys nobody gave that a real call could carry, sorted.
        package let absentKeys: [String]
    }

    /// How many accounts a thread asks before it takes others: few enough that all end together.
    private func slice(for workers: Workers) -> Int {
        max(1, min(16, engine.organization.accounts.count / (workers.count * 8)))
    }

    /// The same, however many work on it.
    package func result(by workers: Workers = .one) -> Result {
        let slices = workers.map(
            engine.organization.accounts.indices,
            slicesOf: slice(for: workers),
            makeWorker: { PrincipalSurvey(self.request(by: .anonymous), engine, directory) },
            work: { survey, accounts in survey.ask(accounts) }
        )
        var absentKeys = slices.reduce(into: Set<String>()) { $0.formUnion($1.absentKeys) }
        var direct = slices.flatMap(\.allowed)
        var open = slices.flatMap(\.undetermined)
        let others = directory.included(question.include)
        if !others.isEmpty {
            var survey = PrincipalSurvey(request(by: .anonymous), engine, directory)
            let findings = survey.ask(others)
            absentKeys.formUnion(findings.absentKeys)
            direct += findings.allowed
            open += findings.undetermined
        }
        direct.sort { $0.name < $1.name }
        // Who has the name of another counts as him.
        var found: [Answer] = []
        found.reserveCapacity(direct.count)
        for principal in direct {
            if found.last?.principal.name == principal.name { found.removeLast() }
            found.append(Answer(principal: principal, chain: []))
        }
        if question.followsRoles {
            found = following(found)
            if engine.organization.hasMissingPolicies || !open.isEmpty {
                open = following(open, beside: found)
            }
        }
        var names = Set(found.map(\.principal.name))
        let undetermined = open.sorted { $0.name < $1.name }
            .filter { names.insert($0.name).inserted }
        return Result(
            answers: found,
            undetermined: undetermined,
            absentKeys: absentKeys.sorted()
        )
    }
}

extension WhoCan {
    func request(by caller: Caller) -> Request {
        var request = Request(
            caller: caller,
            action: question.action,
            resource: question.resource,
            context: question.context,
            resourceAccount: question.resourceAccount,
            instant: instant
        )
        request.endpoint = question.endpoint
        request.viaService = question.viaService
        request.without = question.without
        return request
    }

    /// These, and who may assume a role that is in already, until nobody new comes.
    private func following(_ direct: [Answer]) -> [Answer] {
        var found = Dictionary(
            direct.map { ($0.principal.name, $0) },
            uniquingKeysWith: { _, last in last }
        )
        let people = PrincipalList(directory)
        let others = directory.included(question.include).filter { found[$0.name] == nil }
        var isFound = people.all.map { found[$0.name] != nil }
        var entrants = RoleEntrants(people, in: engine.organization)
        var callers: [Int: [Caller]] = [:]
        var frontier = direct.map(\.principal)
        while !frontier.isEmpty {
            var next: [NamedPrincipal] = []
            for target in frontier {
                guard let role = target.role, let way = found[target.name] else { continue }
                let chain = [target] + way.chain
                for place in entrants.candidates(for: role, unless: { isFound[$0] }) {
                    let principal = people.all[place]
                    let known = callers[place] ?? principal.callers
                    callers[place] = known
                    switch entry(to: role, by: known) {
                    case .allowed:
                        isFound[place] = true
                        found[principal.name] = Answer(principal: principal, chain: chain)
                        next.append(principal)
                    case .shutOutByTrust: entrants.shutOut(place, of: role)
                    case .denied, .undetermined: break
                    }
                }
                for principal in others where found[principal.name] == nil {
                    guard case .allowed = entry(to: role, by: principal.callers) else { continue }
                    found[principal.name] = Answer(principal: principal, chain: chain)
                    next.append(principal)
                }
            }
            frontier = next.sorted { $0.name < $1.name }
        }
        return found.values.sorted { $0.principal.name < $1.principal.name }
    }

    /// These, and whoever may get there by way of a role of which it is not known whether he may
    /// assume it or what it may; nobody who is found already.
    private func following(
        _ open: [NamedPrincipal],
        beside found: [Answer]
    ) -> [NamedPrincipal] {
        let people = PrincipalList(directory)
        let others = directory.included(question.include)
        var known = Set((found.map(\.principal) + open).map(\.name))
        var isKnown = people.all.map { known.contains($0.name) }
        var entrants = RoleEntrants(people, in: engine.organization)
        var result = open
        var frontier = found.map(\.principal) + open
        while !frontier.isEmpty {
            var next: [NamedPrincipal] = []
            for role in frontier.compactMap(\.role) {
                for place in entrants.candidates(for: role, unless: { isKnown[$0] }) {
                    switch entry(to: role, by: people.all[place].callers) {
                    case .allowed, .undetermined:
                        isKnown[place] = true
                        next.append(people.all[place])
                    case .shutOutByTrust: entrants.shutOut(place, of: role)
                    case .denied: break
                    }
                }
                for principal in others where !known.contains(principal.name) {
                    switch entry(to: role, by: principal.callers) {
                    case .allowed, .undetermined:
                        known.insert(principal.name)
                        next.append(principal)
                    case .denied, .shutOutByTrust: break
                    }
                }
            }
            result += next
            frontier = next
        }
        return result
    }

    private enum Entrance {
        case allowed
        case denied
        case undetermined
        /// The trust policy denies it, or says nothing, to every caller of the principal.
        case shutOutByTrust
    }

    private func entry(to target: NamedPrincipal.Role, by callers: [Caller]) -> Entrance {
        let service = SecurityTokenService(engine, at: instant)
        var isShutOut = true
        var isOpen = false
        for caller in callers {
            let entry = self.call(for: target, by: caller)
            let decision = service.obtain(entry.token, by: entry.call).decision
            if decision.outcome == .allowed { return .allowed }
            if decision.outcome == .undetermined { isOpen = true }
            let blocks = decision.reasons.contains {
                $0.policyType == .trustPolicy && $0.kind != .allow
            }
            if !blocks { isShutOut = false }
        }
        if isOpen { return .undetermined }
        return isShutOut ? .shutOutByTrust : .denied
    }
}
