package import Authorization
import Explaining
package import JSONSource
import OrganizationModel
import PolicyLanguage
import Scenarios

/// What records are decided under, the same for all threads.
package struct ReplayWorlds: Sendable {
    let engine: Engine
    let overlays: [Engine]
    let reads: ReadKeys
    let sources: SourceMap
    let distinctions: RequestText.Distinctions

    /// `reads` says which keys any of the organizations can ask for.
    package init(_ engine: Engine, overlays: [Engine], reads: ReadKeys, sources: SourceMap) {
        self.engine = engine
        self.overlays = overlays
        self.reads = reads
        self.sources = sources
        distinctions = RequestText.Distinctions(
            amongResources: { [resources = reads.resources] in
                resources.tellApart(beginningWith: $0)
            },
            amongOrganizations: reads.asksForOrganizations
        )
    }
}

/// Decides records and counts what comes of them; one thread has it for all of its blocks.
package struct HistoryJudge: ~Copyable {
    private let worlds: ReplayWorlds
    private var reducer: RecordReducer
    private var before: Decider
    private var after: [DeciderBox]
    /// What is known of records by all that it can hang on.
    private var known: [[UInt8]: Ruling] = [:]
    private var knownBytes = 0
    private var text: [UInt8] = []

    /// How many bytes of records and answers are kept before they are forgotten all at once.
    private static let byteLimit = 48 << 20
    private static let countLimit = 1 << 16

    package init(_ worlds: ReplayWorlds) {
        self.worlds = worlds
        reducer = RecordReducer(worlds.reads)
        before = worlds.engine.decider()
        after = worlds.overlays.map { DeciderBox($0.decider()) }
    }

    /// A decider in a list.
    final class DeciderBox {
        var decider: Decider
        init(_ decider: consuming Decider) { self.decider = decider }
    }
}

extension HistoryJudge {
    /// Adds what comes of the records of a block.
    package mutating func judge(
        _ block: RecordBlock,
        of file: String,
        to summary: inout ReplaySummary
    ) {
        block.bytes.withUnsafeBytes { bytes in
            for (offset, cut) in block.cuts.enumerated() {
                let number = block.first + offset
                let record = UnsafeRawBufferPointer(rebasing: bytes[cut.range])
                guard !record.isEmpty else {
                    let message = "it is longer than \(RecordCutter.recordLimit) bytes"
                    summary.add(badRecord: number, of: file, message)
                    continue
                }
                if let problem = judge(record, to: &summary) {
                    summary.add(badRecord: number, of: file, problem)
                }
            }
        }
    }

    /// Adds what comes of a record; what is wrong with it otherwise.
    private mutating func judge(
        _ record: UnsafeRawBufferPointer,
        to summary: inout ReplaySummary
    ) -> String? {
        text.removeAll(keepingCapacity: true)
        switch reducer.reduce(record, to: &text) {
        case .refused(let why): return why
        case .unusual: return judgeWhole(Array(record), to: &summary)
        case .reduced(let instant):
            if let ruling = known[text] {
                summary.add(ruling, at: instant)
                return nil
            }
            // The text was made of sound JSON.
            let value = JSONParser.parse(text, file: SourceSpan.nowhere.file).value
            guard let value else { return "it is no JSON" }
            switch read(value) {
            case .failure(let problem): return problem.message
            case .success(let event):
                let ruling = ruling(on: event)
                remember(ruling)
                summary.add(ruling, at: instant)
                return nil
            }
        }
    }

    private mutating func remember(_ ruling: Ruling) {
        if knownBytes > Self.byteLimit || known.count >= Self.countLimit {
            known.removeAll(keepingCapacity: true)
            knownBytes = 0
        }
        knownBytes += text.count + ruling.size
        known[text] = ruling
    }

    /// A record in a form that only the careful reader takes.
    private mutating func judgeWhole(_ bytes: [UInt8], to summary: inout ReplaySummary) -> String? {
        let parsed = JSONParser.parse(bytes, file: SourceSpan.nowhere.file)
        guard let value = parsed.value, !parsed.diagnostics.hasErrors else {
            let first = parsed.diagnostics.first { $0.severity == .error }
            return first?.message ?? "it is no JSON"
        }
        let record = RecordedEvent.record(number: nil, in: value, sources: worlds.sources)
        guard let record = record.value else {
            return record.diagnostics.first?.message ?? "it is no record of CloudTrail"
        }
        switch read(record) {
        case .failure(let problem): return problem.message
        case .success(let event):
            let ruling = ruling(on: event)
            summary.add(ruling, at: event.instant)
            return nil
        }
    }

    private struct Unreadable: Error {
        let message: String
    }

    private func read(_ record: JSONValue) -> Result<RecordedEvent, Unreadable> {
        let read = RecordedEvent.read(record)
        if let event = read.value { return .success(event) }
        let first = read.diagnostics.first { $0.severity == .error }
        return .failure(Unreadable(message: first?.message ?? "it is no record of CloudTrail"))
    }
}

extension HistoryJudge {
    /// One request of a record, decided.
    private struct Asked {
        let need: RecordedEvent.Need
        let request: Request
        let principal: String?
        let decision: Decision
        /// What stands, or may stand, in the way of what AWS decided otherwise or for a reason.
        let possibleBlockers: [Reason]
        /// Whether AWS allowed it; nil where the record does not tell.
        let recorded: Bool?
        let denial: RecordedEvent.Denial?

        /// Whether the organization does as AWS did only with some values of what no record tells.
        var isOpen: Bool {
            guard decision.isAllowed == false, let stated = denial?.stated else {
                return decision.isAllowed == nil
            }
            return !decision.blockers.contains { stated.mayMean($0) }
        }

        var isContradicted: Bool { recorded == true && decision.isAllowed == false }

        /// Whether what AWS names is, or may be, in the way here as well.
        var isAccountedFor: Bool {
            guard recorded == false else { return true }
            guard let stated = denial?.stated else { return decision.isAllowed != true }
            return possibleBlockers.contains { stated.mayMean($0) }
        }
    }

    private mutating func ruling(on event: RecordedEvent) -> Ruling {
        let name = "\(event.eventSource):\(event.eventName)"
        var unmodelled: [UnmodelledKey] = []
        var asked: [Asked] = []
        if event.needs.isEmpty {
            let reason = event.notes.first ?? "no action is known that it needs"
            unmodelled.append(UnmodelledKey(event: name, reason: reason.printable))
        }
        for need in event.needs {
            switch ask(need, of: event) {
            case .success(let one): asked.append(one)
            case .failure(let problem):
                let key = UnmodelledKey(event: name, reason: problem.message.printable)
                if !unmodelled.contains(key) { unmodelled.append(key) }
            }
        }
        let who = CallerName(event, asked.first?.principal)
        let (reproduction, disagreements) = reproduction(asked, event, who)
        var effects: [Effect] = []
        var changes: [ChangeKey] = []
        var problems: [UnmodelledKey] = []
        for overlay in worlds.overlays.indices {
            let found = compare(asked, event, who, under: overlay)
            effects.append(unmodelled.isEmpty ? found.effect : min(found.effect, .notAsked))
            changes += found.changes
            problems += found.problems.map { UnmodelledKey(event: name, reason: $0.printable) }
        }
        // What only an overlay lacks is told behind what the organization does.
        for key in problems where !unmodelled.contains(key) { unmodelled.append(key) }
        return Ruling(
            reproduction,
            effects: effects,
            changes: changes,
            disagreements: disagreements,
            unmodelled: unmodelled
        )
    }

    private func request(
        _ need: RecordedEvent.Need,
        of event: RecordedEvent,
        under engine: Engine
    ) -> Result<(request: Request, principal: String?), Unreadable> {
        let text: RequestText
        do throws(RequestText.Missing) {
            text = try RequestText(
                event,
                need,
                in: engine.organization,
                telling: worlds.distinctions
            )
        } catch {
            return .failure(Unreadable(message: error.sentence))
        }
        let parsed = text.read(engine, at: event.instant)
        if let request = parsed.value { return .success((request, text.principal.string)) }
        let first = parsed.diagnostics.first { $0.severity == .error }
        return .failure(Unreadable(message: first?.message ?? "no request can be made of it"))
    }

    private mutating func ask(
        _ need: RecordedEvent.Need,
        of event: RecordedEvent
    ) -> Result<Asked, Unreadable> {
        switch request(need, of: event, under: worlds.engine) {
        case .failure(let problem): return .failure(problem)
        case .success(let (request, principal)):
            let decision = before.decision(on: request, telling: .reasons)
            let (recorded, denial) = Self.word(of: event, on: need)
            // Of an allowed request nothing stands in the way, and of an open one all is told.
            let isOpen = recorded != nil && recorded != decision.isAllowed
            let isDoubted = recorded == false && denial?.stated != nil
            let possible =
                decision.isAllowed == false && (isOpen || isDoubted)
                ? before.possibleBlockers(of: request) : decision.blockers
            return .success(
                Asked(
                    need: need,
                    request: request,
                    principal: principal,
                    decision: decision,
                    possibleBlockers: possible,
                    recorded: recorded,
                    denial: denial
                )
            )
        }
    }

    /// What AWS says of one request of a call: of a denied call with several only what it names.
    private static func word(
        of event: RecordedEvent,
        on need: RecordedEvent.Need
    ) -> (recorded: Bool?, denial: RecordedEvent.Denial?) {
        switch event.outcome {
        case .succeeded: return (true, nil)
        case .failed: return (nil, nil)
        case .denied(let denial):
            let isMeant =
                event.outcome.statement(on: need, among: event.needs) != nil
                && (denial.message != nil || event.needs.count == 1)
            return isMeant ? (false, denial) : (nil, nil)
        }
    }

    /// What an overlay does to a call, and why some of it is not known.
    private struct Changes {
        let effect: Effect
        let changes: [ChangeKey]
        let problems: [String]
    }

    /// What an overlay does to a call, all of whose requests must be allowed.
    private mutating func compare(
        _ asked: [Asked],
        _ event: RecordedEvent,
        _ who: CallerName,
        under overlay: Int
    ) -> Changes {
        let engine = worlds.overlays[overlay]
        var worst = Effect.same
        var problems: [String] = []
        var found: [(one: Asked, comparison: Comparison)] = []
        var verdicts: [Bool?] = []
        for one in asked {
            // What the overlay lists, an endpoint perhaps, is part of the request there.
            let request: Request
            switch self.request(one.need, of: event, under: engine) {
            case .success(let changed): request = changed.request
            case .failure(let problem):
                worst = .notAsked
                problems.append("with overlay \(overlay + 1), \(problem.message)")
                verdicts.append(nil)
                continue
            }
            let decision = after[overlay].decider.decision(on: request, telling: .reasons)
            verdicts.append(decision.isAllowed)
            let identity = ReasonIdentity(sources: worlds.sources)
            if one.isContradicted {
                let possible =
                    decision.isAllowed == true
                    ? [] : after[overlay].decider.possibleBlockers(of: request)
                let comparison = Comparison(
                    contradicted: one.possibleBlockers,
                    after: possible,
                    decision,
                    identity
                )
                found.append((one, comparison))
                continue
            }
            let testimony = Testimony(
                recorded: one.recorded,
                isAccountedFor: one.isAccountedFor,
                keepsTags: one.request.hasTags(
                    in: worlds.engine.organization,
                    as: request,
                    in: engine.organization
                ),
                identity: identity
            )
            found.append((one, Comparison(before: one.decision, after: decision, testimony)))
        }
        let call = call(event, asked, after: verdicts)
        var changes: [ChangeKey] = []
        for (one, comparison) in found {
            let comparison = comparison.within(call)
            worst = min(worst, comparison.effect)
            guard comparison.effect.isChange else { continue }
            let key = ChangeKey(
                overlay: overlay,
                effect: comparison.effect,
                statements: statements(comparison.reasons),
                principal: who.principal,
                action: one.need.action.description,
                account: who.account
            )
            if !changes.contains(key) { changes.append(key) }
        }
        return Changes(effect: worst, changes: changes, problems: problems)
    }

    private func call(
        _ event: RecordedEvent,
        _ asked: [Asked],
        after verdicts: [Bool?]
    ) -> CallVerdict {
        let isWhole = asked.count == event.needs.count
        let isAllowed = isWhole && verdicts.allSatisfy { $0 == true }
        let isDenied = verdicts.contains(false)
        switch event.outcome {
        case .succeeded:
            return CallVerdict(wasDenied: false, isDenied: isDenied, isAllowed: isAllowed)
        case .failed:
            let wasDenied = asked.contains { $0.decision.isAllowed == false }
            return CallVerdict(wasDenied: wasDenied, isDenied: isDenied, isAllowed: isAllowed)
        case .denied:
            // Which of several was denied the record may not tell.
            let isClear = asked.contains { $0.recorded == false }
            return CallVerdict(
                wasDenied: true,
                isDenied: isDenied,
                isAllowed: isAllowed && isClear
            )
        }
    }

    private func reproduction(
        _ asked: [Asked],
        _ event: RecordedEvent,
        _ who: CallerName
    ) -> (Reproduction, [DisagreementKey]) {
        guard asked.count == event.needs.count, !asked.isEmpty else { return (.notModelled, []) }
        if case .failed = event.outcome { return (.untold, []) }
        let meant = asked.filter { $0.recorded != nil }
        guard !meant.isEmpty else {
            // One of several actions was denied, the record does not tell which.
            let allowed = asked.map(\.decision.isAllowed)
            if allowed.contains(false) { return (.reproduced, []) }
            if allowed.contains(nil) { return (.consistent, []) }
            guard case .denied(let denial) = event.outcome else { return (.untold, []) }
            let found = asked.compactMap { one in
                Disagreement(one.decision, [], recorded: denial).map { key($0, one, who) }
            }
            return (.contradicted, found)
        }
        var keys: [DisagreementKey] = []
        var worst: Reproduction = .reproduced
        for one in meant {
            let disagreement = Disagreement(
                one.decision,
                one.possibleBlockers,
                recorded: one.denial
            )
            if let disagreement {
                let key = key(disagreement, one, who)
                if !keys.contains(key) { keys.append(key) }
                if worst != .contradicted { worst = disagreement.reproduction }
            } else if one.isOpen, worst == .reproduced {
                worst = .consistent
            }
        }
        return (worst, keys)
    }

    private func key(
        _ found: Disagreement,
        _ one: Asked,
        _ who: CallerName
    ) -> DisagreementKey {
        DisagreementKey(
            reproduction: found.reproduction,
            principal: who.principal,
            action: one.need.action.description,
            account: who.account,
            recorded: found.recorded,
            simulated: found.simulated,
            missingPiece: found.missingPiece
        )
    }

    private func statements(_ reasons: [Reason]) -> [DecidingStatement] {
        reasons.prefix(Self.statementLimit).map { reason in
            DecidingStatement(
                policyType: reason.policyType.rawValue,
                kind: reason.kind.rawValue,
                policy: reason.policy,
                statement: reason.statement,
                target: reason.target,
                location: worlds.sources.location(of: reason.span)?.description
            )
        }
    }

    /// More than so many statements are not named of one change.
    private static let statementLimit = 8
}

/// Whom a record is counted with: of a session its role, since sessions have a name each.
struct CallerName {
    let principal: String
    let account: String

    init(_ event: RecordedEvent, _ principal: String?) {
        let text = principal ?? Self.text(of: event.principal)
        guard let arn = ARN(text), let id = arn.accountID else {
            self.principal = text.printable
            account = ""
            return
        }
        account = id.description
        if arn.service == "sts", arn.resourceType == "assumed-role" {
            let role = arn.resource.split(separator: "/").dropFirst().first ?? ""
            self.principal = "\(id):role/\(role)".printable
        } else {
            self.principal = "\(id):\(arn.resource)".printable
        }
    }

    private static func text(of principal: RecordedEvent.Principal) -> String {
        switch principal {
        case .named(let text): text
        case .service(let name, _, _): "service:\(name)"
        case .stranger(let account, let id): "\(account):\(id)"
        case .federation(let provider, _, let subject):
            subject.map { "\(provider):\($0)" } ?? provider
        case .unknown: "unknown"
        }
    }
}
