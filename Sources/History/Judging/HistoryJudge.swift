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

    /// `reads` says which keys any of the organizations can ask for.
    package init(_ engine: Engine, overlays: [Engine], reads: ReadKeys, sources: SourceMap) {
        self.engine = engine
        self.overlays = overlays
        self.reads = reads
        self.sources = sources
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
        let request: RequestText
        let verdict: Verdict
        /// Whether AWS allowed it; nil where the record does not tell.
        let recorded: Bool?
        let denial: RecordedEvent.Denial?
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
                unmodelled.append(UnmodelledKey(event: name, reason: problem.message.printable))
            }
        }
        let who = CallerName(event, asked.first?.request)
        let (reproduction, disagreements) = reproduction(asked, event, who)
        var effects: [Effect] = []
        var changes: [ChangeKey] = []
        for overlay in worlds.overlays.indices {
            var worst = unmodelled.isEmpty ? Effect.same : .notAsked
            for one in asked {
                guard let comparison = compare(one, event, under: overlay) else {
                    worst = min(worst, .notAsked)
                    continue
                }
                worst = min(worst, comparison.effect)
                guard comparison.effect.isChange else { continue }
                changes.append(
                    ChangeKey(
                        overlay: overlay,
                        effect: comparison.effect,
                        statements: statements(comparison.reasons),
                        principal: who.principal,
                        action: one.need.action.description,
                        account: who.account
                    )
                )
            }
            effects.append(worst)
        }
        return Ruling(
            reproduction,
            effects: effects,
            changes: changes,
            disagreements: disagreements,
            unmodelled: unmodelled
        )
    }

    private mutating func ask(
        _ need: RecordedEvent.Need,
        of event: RecordedEvent
    ) -> Result<Asked, Unreadable> {
        let text: RequestText
        do throws(RequestText.Missing) {
            text = try RequestText(event, need, in: worlds.engine.organization)
        } catch {
            return .failure(Unreadable(message: error.sentence))
        }
        let parsed = text.read(worlds.engine, at: event.instant)
        guard let request = parsed.value else {
            let first = parsed.diagnostics.first { $0.severity == .error }
            return .failure(Unreadable(message: first?.message ?? "no request can be made of it"))
        }
        let verdict = Verdict(request, by: &before)
        let (recorded, denial) = Self.word(of: event, on: need)
        return .success(
            Asked(
                need: need,
                request: text,
                verdict: verdict,
                recorded: recorded,
                denial: denial
            )
        )
    }

    /// What AWS says of one action of a call: of a denied call with several only what it names.
    private static func word(
        of event: RecordedEvent,
        on need: RecordedEvent.Need
    ) -> (recorded: Bool?, denial: RecordedEvent.Denial?) {
        switch event.outcome {
        case .succeeded: return (true, nil)
        case .failed: return (nil, nil)
        case .denied(let denial):
            let isMeant =
                event.outcome.statement(of: need.action) != nil
                && (denial.message != nil || event.needs.count == 1)
            return isMeant ? (false, denial) : (nil, nil)
        }
    }

    /// Nil where the request cannot be asked under the overlay.
    private func compare(
        _ one: Asked,
        _ event: RecordedEvent,
        under overlay: Int
    ) -> Comparison? {
        let engine = worlds.overlays[overlay]
        // What the overlay lists, an endpoint perhaps, is part of the request there.
        guard let text = try? RequestText(event, one.need, in: engine.organization),
            let request = text.read(engine, at: event.instant).value
        else { return nil }
        let verdict = Verdict(request, by: &after[overlay].decider)
        return Comparison(before: one.verdict, after: verdict, recorded: one.recorded)
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
            let allowed = asked.map(\.verdict.decision.isAllowed)
            if allowed.contains(false) { return (.reproduced, []) }
            if allowed.contains(nil) { return (.undetermined, []) }
            guard case .denied(let denial) = event.outcome else { return (.untold, []) }
            let found = asked.compactMap { one in
                Disagreement(one.verdict.decision, recorded: denial).map { key($0, one, who) }
            }
            return (.contradicted, found)
        }
        var keys: [DisagreementKey] = []
        var worst: Reproduction = .reproduced
        for one in meant {
            if let disagreement = Disagreement(one.verdict.decision, recorded: one.denial) {
                keys.append(key(disagreement, one, who))
                if worst != .contradicted { worst = disagreement.reproduction }
            } else if one.verdict.decision.isAllowed == nil, worst == .reproduced {
                worst = .undetermined
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

    init(_ event: RecordedEvent, _ request: RequestText?) {
        let text = request?.principal.string ?? Self.text(of: event.principal)
        guard let arn = ARN(text), let id = arn.accountID else {
            principal = text.printable
            account = ""
            return
        }
        account = id.description
        if arn.service == "sts", arn.resourceType == "assumed-role" {
            let role = arn.resource.split(separator: "/").dropFirst().first ?? ""
            principal = "\(id):role/\(role)".printable
        } else {
            principal = "\(id):\(arn.resource)".printable
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
