import OrganizationModel
package import PolicyLanguage

// Requests of which callers, actions and texts are known by number: nothing else is held.
extension Decider {
    /// The number of a caller in numbered requests; nil where he is gone or carries something of
    /// his own.
    package mutating func number(of caller: Caller) -> UInt32? {
        guard let number = self.caller(caller), callers.sides[number].isPlain else { return nil }
        return number
    }

    package mutating func number(of action: ActionName) -> UInt32 {
        actions.number(action, &symbols)
    }

    /// The number of a resource, or of the id of an account.
    package mutating func number(of text: UnsafeRawBufferPointer) -> UInt32 {
        symbols.symbol(text.bindMemory(to: UInt8.self))
    }

    /// Makes a request ready to be given its condition keys; nil where it is to be asked in full.
    ///
    /// Only the request prepared last can be answered.
    package mutating func prepare(
        _ request: NumberedRequest,
        at instant: Instant
    ) -> PreparedRequest? {
        // What nobody could read is an unknown key, which numbers do not tell of.
        guard !surroundings.organization.hasMissingPolicies else { return nil }
        asked = AskedByNumber(request: request, instant: instant, firstSlot: slots.count)
        var prepared = PreparedRequest(settled: .no, number: 0)
        prepared.caller = request.caller
        prepared.named = request.caller
        prepared.action = request.action
        let account =
            request.account != 0 ? request.account : callers.sides[request.caller].accountID
        prepared.target =
            targets.number(request.resource, request.action, account: account)
            ?? newTarget(request, account: account)
        guard takeSides(&prepared) else { return nil }
        #if DEBUG
        checkSides(prepared, evaluation(prepared), callers.profiles[Int(prepared.caller)])
        #endif
        prepared.flags.insert(.isNumbered)
        setPlans(&prepared)
        giveSlots(&prepared)
        return prepared
    }

    /// Decides the request prepared last, and adds the numbers of its reasons to others.
    package mutating func answer(
        _ request: PreparedRequest,
        reasons: inout [UInt32]
    ) -> NumberedDecision {
        let outcome = decide(request)
        noteReasons(request, outcome, nil)
        for place in 0..<record.reasons.count {
            reasons.append(number(of: record.reasons[place], request))
        }
        slots.removeAll(from: asked.firstSlot)
        return NumberedDecision(
            outcome: outcome,
            absentKeys: numberOfAbsentKeys,
            notes: numberOfNotes(request)
        )
    }
}

/// What a numbered request was prepared of.
struct AskedByNumber {
    var request = NumberedRequest(caller: 0, action: 0, resource: 0)
    var instant = Instant(seconds: 0)
    /// The place of the first of its keys.
    var firstSlot = 0
}

// Its condition keys.
extension Decider {
    /// The place of a key among those that some policy reads; 0 where none met so far does.
    package func place(of key: ConditionKey) -> UInt32 { programs.keys.known(key) ?? 0 }

    /// Gives a key one value.
    package mutating func give(
        _ text: UnsafeRawBufferPointer,
        at place: UInt32,
        to request: PreparedRequest
    ) {
        assert(place > 0 && place < request.slotCount)
        guard actions.isKnownToBeSingle(place, for: request.action) else {
            return give(.single(String(decoding: text, as: UTF8.self)), at: place, to: request)
        }
        slots[request.slots &+ place] = symbols.symbol(text.bindMemory(to: UInt8.self))
    }

    /// Gives a key a value; nil says that it is absent.
    package mutating func give(
        _ value: ContextValue?,
        at place: UInt32,
        to request: PreparedRequest
    ) {
        assert(place > 0 && place < request.slotCount)
        let entry = programs.keys.entries[Int(place)]
        slots[request.slots &+ place] = word(value, entry, place, request)
    }

    /// What stands in the slot of a key that was not given.
    mutating func numberedWord(_ slot: UInt32, _ request: PreparedRequest) -> UInt32 {
        let scope = programs.keys.scopes[Int(slot)]
        let isService = callers.sides[request.caller].kind == .service
        let known: UInt32? =
            switch scope {
            case .caller: callerKeys[request.caller, slot]
            case .action: isService ? nil : actionKeys[request.action, slot]
            case .target: targetKeys[request.target, slot]
            case .request: nil
            }
        if let known { return known }
        let entry = programs.keys.entries[Int(slot)]
        let found = keys(request).value(of: entry.key)
        let value = word(found, entry, slot, request)
        switch scope {
        // Whether a real call would carry it hangs on the action.
        case .caller: if found.isSaid { callerKeys.insert(value, request.caller, slot) }
        case .action: if !isService { actionKeys.insert(value, request.action, slot) }
        case .target: targetKeys.insert(value, request.target, slot)
        case .request: break
        }
        return value
    }
}

// What is told of it.
extension Decider {
    package func reason(_ number: UInt32) -> Reason { told.reasons[Int(number)] }

    /// Keys that nobody gave, by the number of a decision.
    package func absentKeys(_ number: UInt32) -> [String] {
        guard number != 0 else { return [] }
        let bytes = UnsafeRawBufferPointer(told.absentKeys[number])
        let uses = stride(from: 0, to: bytes.count, by: MemoryLayout<KeyUse>.size).map {
            bytes.loadUnaligned(fromByteOffset: $0, as: KeyUse.self)
        }
        return absentKeys(uses)
    }

    package func notes(_ number: UInt32) -> [String] {
        number == 0 ? [] : targets.noteTexts[Int(number)]
    }

    private var numberOfAbsentKeys: UInt32 {
        mutating get {
            guard record.absentKeys.count > 0 else { return 0 }
            let bytes = UnsafeRawBufferPointer(
                start: record.absentKeys.pointer(at: 0),
                count: record.absentKeys.count * MemoryLayout<KeyUse>.stride
            )
            return told.absentKeys.number(bytes.bindMemory(to: UInt8.self))
        }
    }

    private mutating func numberOfNotes(_ request: PreparedRequest) -> UInt32 {
        let known = targets.sides[request.target].notes
        if known != TargetSide.notAsked { return known }
        let target = targets.profiles[Int(request.target)].target
        var notes = Self.ownerNote(target).map { [$0] } ?? []
        let facts = actions.all[Int(request.action)]
        if let note = Self.note(on: facts, symbols.string(asked.request.resource), target) {
            notes.append(note)
        }
        assert(notes == self.notes(evaluation(request)))
        return targets.setNotes(notes, of: request.target)
    }

    private mutating func number(of noted: Record.Reason, _ request: PreparedRequest) -> UInt32 {
        let target = targets.sides[request.target]
        let holder =
            switch noted.layer {
            case .resourceControl: target.account
            case .serviceControl: callers.sides[request.caller].account
            case .resource: target.name
            case .identity, .boundary, .session, .endpoint: request.caller
            }
        let isTrust = target.flags.contains(.hasTrustPolicy)
        let key = ToldReasons.Key(noted, holder: holder, isTrust: isTrust)
        if let known = told.number(key) {
            assert(reason(noted, request) == told.reasons[Int(known)])
            return known
        }
        return told.insert(reason(noted, request), key)
    }

    private func reason(_ noted: Record.Reason, _ request: PreparedRequest) -> Reason {
        let evaluation = evaluation(request)
        let level =
            noted.kind == .statement ? level(noted.layer, Int(noted.level), evaluation) : nil
        return reason(noted, level, evaluation)
    }

    private func keys(_ request: PreparedRequest) -> KeyDerivation {
        KeyDerivation(
            whole,
            by: callers.profiles[Int(request.caller)],
            on: targets.profiles[Int(request.target)],
            in: surroundings
        )
    }

    private func evaluation(_ request: PreparedRequest) -> Evaluation {
        Evaluation(keys(request), resource: request.target, openStatements: .favourDeny)
    }

    /// The request prepared last as everybody else knows it, but for its condition keys.
    private var whole: Request {
        let request = asked.request
        return Request(
            caller: callers.profiles[Int(request.caller)].caller,
            action: actions.all[Int(request.action)].action,
            resource: symbols.string(request.resource),
            resourceAccount: request.account == 0
                ? nil : AccountID(symbols.string(request.account)),
            instant: asked.instant
        )
    }
}
