import PolicyLanguage

// The condition keys of a request, each looked up when a statement first reads it.
extension Decider {
    /// What stands in the slot of a key.
    @inline(__always)
    mutating func slot(_ slot: UInt32, _ request: PreparedRequest) -> UInt32 {
        assert(slot < request.slotCount)
        let value = slots[request.slots &+ slot]
        return value != Slot.unresolved ? value : resolve(slot, request)
    }

    private mutating func resolve(_ slot: UInt32, _ request: PreparedRequest) -> UInt32 {
        guard !request.flags.contains(.isNumbered) else {
            let value = numberedWord(slot, request)
            slots[request.slots &+ slot] = value
            return value
        }
        let entry = programs.keys.entries[Int(slot)]
        guard let evaluation = facts[Int(request.number)].evaluation else { return Slot.absent }
        let value: UInt32
        if let given = evaluation.request.context.entry(entry.key) {
            value = word(given.value, entry, slot, request)
        } else if let surveyed, entry.isOfEntity || entry.isOfAccount {
            value = word(of: surveyed, entry, slot, request, evaluation)
            surveyedSlots.append(slot)
            note(entry)
        } else if request.flags.contains(.hasOpenKeys) {
            value = openWord(evaluation.keys, entry, slot, request)
        } else if entry.isOfCaller, let known = callerKeys[request.caller, slot] {
            value = known
            note(entry)
        } else {
            let found = evaluation.keys.value(of: entry.key)
            value = word(found, entry, slot, request)
            note(entry)
            if entry.isOfCaller, found.isSaid, callers.facts[request.caller].kind != .federation {
                callerKeys.insert(value, request.caller, slot)
            }
        }
        slots[request.slots &+ slot] = value
        return value
    }

    /// Keeps in mind what of the caller has been read.
    private mutating func note(_ entry: KeyTable.Entry) {
        if entry.isOfEntity { reads.entity = true }
        if entry.isOfAccount { reads.account = true }
    }

    private mutating func word(
        of surveyed: SurveyedRole,
        _ entry: KeyTable.Entry,
        _ slot: UInt32,
        _ request: PreparedRequest,
        _ evaluation: Evaluation
    ) -> UInt32 {
        if entry.isOfEntity { return word(surveyed.value(of: entry), entry, slot, request) }
        if let known = surveyed.account.words[slot] { return known }
        let found = surveyed.account.keys(evaluation).value(of: entry.key)
        let value = word(found, entry, slot, request)
        surveyed.account.words[slot] = value
        return value
    }

    mutating func word(
        _ given: ContextValue?,
        _ entry: KeyTable.Entry,
        _ slot: UInt32,
        _ request: PreparedRequest
    ) -> UInt32 {
        guard let given else { return Slot.absent }
        if !given.isMultivalued, !actions.isMultivalued(entry.key, slot, for: request.action) {
            return word(given)
        }
        return word(.set(given.values))
    }

    mutating func word(
        _ value: KeyValue,
        _ entry: KeyTable.Entry,
        _ slot: UInt32,
        _ request: PreparedRequest
    ) -> UInt32 {
        switch value {
        case .value(let value): word(value)
        case .absent: Slot.absent
        case .unsaid:
            actions.isForeign(entry.key, slot, to: request.action) ? Slot.absent : Slot.unsaid
        }
    }

    private mutating func openWord(
        _ keys: KeyDerivation,
        _ entry: KeyTable.Entry,
        _ slot: UInt32,
        _ request: PreparedRequest
    ) -> UInt32 {
        keys.isOpen(entry.key)
            ? Slot.open : word(keys.value(of: entry.key), entry, slot, request)
    }

    private mutating func word(_ value: ContextValue) -> UInt32 {
        if !value.isMultivalued {
            return value.values.first.map { symbols.symbol($0) } ?? Slot.absent
        }
        let texts = value.values.map { symbols.symbol($0) }
        let number = knownSets.number(texts)
        if number == sets.count {
            let run = Run(start: UInt32(elements.count), count: UInt32(texts.count))
            for text in texts { elements.append(text) }
            sets.append(ValueSet(elements: run, isEmpty: value.isEmptySet))
        }
        return Slot.set | number
    }
}
