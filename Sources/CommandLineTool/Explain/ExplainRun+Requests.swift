import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage
import Reports
import Scenarios

// Requests that are typed, pasted or recorded.
extension ExplainRun {
    func typed() throws(Arguments.UsageError) -> ExplainedQuestions {
        let options = arguments.options
        var given = RequestText(
            principal: options["--principal"] ?? "",
            action: options["--action"] ?? "",
            resource: nil
        )
        given.apply(arguments)
        let text = given
        return try asked(of: try organization()) { (_) throws(Arguments.UsageError) in [(text, nil)]
        }
    }

    func pasted(_ given: String) throws(Arguments.UsageError) -> ExplainedQuestions {
        let words = given == "-" ? try standardInput() : given
        let message: PastedMessage
        do throws(PastedMessage.Problem) {
            message = try PastedMessage(words)
        } catch {
            throw Arguments.UsageError(message: "\(error.message); \(error.help)")
        }
        var given = RequestText(message)
        given.apply(arguments)
        let text = given
        return try asked(of: try organization()) {
            (_) throws(Arguments.UsageError) in [(text, .message(message.stated))]
        }
    }

    func recorded(_ given: String) throws(Arguments.UsageError) -> ExplainedQuestions {
        let loaded = try organization()
        let parts = given.split(separator: "#", maxSplits: 1).map(String.init)
        let path = parts.first ?? given
        let number = parts.count == 2 ? Int(parts[1]) : nil
        if parts.count == 2, number == nil {
            throw Arguments.UsageError(message: "'\(parts[1])' is not the number of a record")
        }
        guard let root = try RootFolder.option(arguments) ?? RootFolder(holding: path) else {
            throw Arguments.UsageError(message: "there is no file '\(path)'")
        }
        var loader = DocumentLoader(
            reader: root.reader(within: ReadingBudget()),
            sources: loaded.sources
        )
        let value = loader.file(RootFolder.tidy(path), namedAt: nil)
        var questions = ExplainedQuestions(sources: loaded.sources)
        questions.diagnostics = loader.diagnostics
        guard let value else {
            if isCompressed(path) {
                throw Arguments.UsageError(
                    message: "'\(path)' is compressed: unpack it first, gunzip -k does"
                )
            }
            return questions
        }
        let record = RecordedEvent.record(number: number, in: value, sources: loaded.sources)
        questions.diagnostics += record.diagnostics
        guard let record = record.value else { return questions }
        let read = RecordedEvent.read(record)
        questions.diagnostics += read.diagnostics
        guard let event = read.value, !questions.diagnostics.hasErrors else { return questions }
        for note in event.notes { system.writeError("note: \(note.printable)\n") }
        var found = try asked(of: loaded, at: event.instant) {
            (organization) throws(Arguments.UsageError) in
            try requests(of: event, in: organization)
        }
        found.diagnostics = questions.diagnostics + found.diagnostics
        return found
    }

    /// Whether a file begins as gzip files do, which is how CloudTrail delivers them.
    private func isCompressed(_ path: String) -> Bool {
        guard case .success(let bytes) = RootFolder.contents(of: path) else { return false }
        return bytes.starts(with: [0x1F, 0x8B])
    }

    private func requests(
        of event: RecordedEvent,
        in organization: Organization
    ) throws(Arguments.UsageError) -> [(RequestText, Inquiry.Stated?)] {
        guard !event.needs.isEmpty else {
            let why = event.notes.first.map { ": \($0)" } ?? ""
            throw Arguments.UsageError(
                message:
                    "'\(event.eventName)' of \(event.eventSource) is not known as an action\(why)"
            )
        }
        var texts: [(RequestText, Inquiry.Stated?)] = []
        var missing: RequestText.Missing?
        for need in event.needs {
            do throws(RequestText.Missing) {
                var text = try RequestText(event, need, in: organization)
                text.apply(arguments)
                texts.append((text, Inquiry.Stated(event, on: need.action)))
            } catch {
                missing = missing ?? error
            }
        }
        // Of what is left out a note says that the record does not tell it.
        if texts.isEmpty, let missing {
            let help = "give --principal, --action and --resource"
            throw Arguments.UsageError(message: "\(missing.sentence); \(help)")
        }
        return texts
    }

    private func organization() throws(Arguments.UsageError) -> LoadedOrganization {
        try LoadedOrganization(arguments, paths: "--organization names the file")
    }

    /// The requests with every name looked up in the organization.
    private func asked(
        of loaded: LoadedOrganization,
        at recorded: Instant? = nil,
        _ texts: (Organization) throws(Arguments.UsageError) -> [(RequestText, Inquiry.Stated?)]
    ) throws(Arguments.UsageError) -> ExplainedQuestions {
        let isGiven = arguments.options["--clock"] != nil
        let typed = try arguments.clock()
        let instant = isGiven ? typed : recorded ?? typed
        let world = loaded.world()
        var questions = ExplainedQuestions(sources: loaded.sources)
        questions.diagnostics = world.diagnostics
        guard let world = world.value else { return questions }
        for (text, stated) in try texts(world.state.organization) {
            let request = text.read(world.engine, at: instant)
            questions.diagnostics += request.diagnostics
            guard let request = request.value else { continue }
            var inquiry = Inquiry(request, named: text.principal.string?.shorthand, of: world)
            inquiry.stated = stated
            questions.inquiries.append(inquiry)
        }
        return questions
    }

    private func standardInput() throws(Arguments.UsageError) -> String {
        do throws(SystemProblem) {
            let bytes = try system.standardInput(atMost: ExplainLimits.message)
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            throw Arguments.UsageError(message: "cannot read standard input: \(error.reason)")
        }
    }
}

extension String {
    /// How somebody called the caller; an ARN is said in the organization's words instead.
    fileprivate var shorthand: String? { hasPrefix("arn:") ? nil : self }
}
