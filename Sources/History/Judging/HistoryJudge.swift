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
    let worlds: ReplayWorlds
    private var reducer: RecordReducer
    private var before: Decider
    var after: [DeciderBox]
    /// What is known of records by all that it can hang on.
    private var known: [[UInt8]: Ruling] = [:]
    private var knownBytes = 0
    private var text: [UInt8] = []
    private var unknownKeys = UnknownKeyLists()

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
        defer { forgetRequests() }
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

    /// How much deciders may remember together, in bytes.
    private static let deciderLimit = 256 << 20

    private mutating func forgetRequests() {
        let limit = Self.deciderLimit / (1 + after.count)
        before.forgetRequests(keeping: limit)
        for box in after { box.decider.forgetRequests(keeping: limit) }
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

    struct Unreadable: Error {
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
    private mutating func ruling(on event: RecordedEvent) -> Ruling {
        let name = "\(event.eventSource):\(event.eventName)"
        var unmodelled: [UnmodelledKey] = []
        var asked: [AskedRequest] = []
        if event.needs.isEmpty {
            let reason = event.notes.first ?? "no action is known that it needs"
            unmodelled.append(UnmodelledKey(event: name, reason: reason.printable))
        }
        for need in event.needs {
            switch ask(need, of: event) {
            case .success(let one):
                asked.append(one)
                if let doubt = one.doubt {
                    let key = UnmodelledKey(event: name, reason: doubt.printable)
                    if !unmodelled.contains(key) { unmodelled.append(key) }
                }
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

    mutating func request(
        _ need: RecordedEvent.Need,
        of event: RecordedEvent,
        under engine: Engine,
        telling distinctions: RequestText.Distinctions
    ) -> Result<(request: Request, principal: String?), Unreadable> {
        let text: RequestText
        do throws(RequestText.Missing) {
            text = try RequestText(
                event,
                need,
                in: engine.organization,
                telling: distinctions
            )
        } catch {
            return .failure(Unreadable(message: error.sentence))
        }
        let parsed = text.read(engine, at: event.instant, knowing: &unknownKeys)
        if let request = parsed.value { return .success((request, text.principal.string)) }
        let first = parsed.diagnostics.first { $0.severity == .error }
        return .failure(Unreadable(message: first?.message ?? "no request can be made of it"))
    }

    private mutating func ask(
        _ need: RecordedEvent.Need,
        of event: RecordedEvent
    ) -> Result<AskedRequest, Unreadable> {
        var doubt: String?
        var result = request(
            need,
            of: event,
            under: worlds.engine,
            telling: worlds.distinctions
        )
        if case .failure(let problem) = result, case .someOf = need.resource {
            doubt = problem.message
            result = request(
                need,
                of: event,
                under: worlds.engine,
                telling: worlds.distinctions.forExample
            )
        }
        switch result {
        case .failure(let problem): return .failure(problem)
        case .success(let (request, principal)):
            let decision = before.decision(on: request, telling: .reasons)
            // That the call succeeded does not say that AWS asked for this.
            let (recorded, denial) =
                need.isCertain ? Self.word(of: event, on: need) : (nil, nil)
            // Of an allowed request nothing stands in the way, and of an open one all is told.
            let isOpen = recorded != nil && recorded != decision.isAllowed
            let isDoubted = recorded == false && denial?.stated != nil
            let possible =
                decision.isAllowed == false && (isOpen || isDoubted)
                ? before.possibleBlockers(of: request) : decision.blockers
            return .success(
                AskedRequest(
                    need: need,
                    request: request,
                    principal: principal,
                    decision: decision,
                    possibleBlockers: possible,
                    recorded: recorded,
                    denial: denial,
                    doubt: doubt
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
}
