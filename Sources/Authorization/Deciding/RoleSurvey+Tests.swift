import OrganizationModel
import PolicyLanguage

// What tells roles of a template apart.
extension RoleSurvey {
    /// More tests than these are not kept apart: each role is decided by itself.
    private static let testLimit: UInt32 = 24

    /// Finds what may come out differently for the roles of the template made last.
    mutating func findTests(_ frame: Int) {
        let number = UInt32(templates.count - 1)
        var template = templates[number]
        var found = partsOfControlPolicies(template.request, frame)
        for kind in LayerKind.allCases where !kind.isControl {
            decider.findVaryingParts(kind, template.request, &found)
        }
        template.tests = Run(start: UInt32(tests.count), count: UInt32(found.tests.count))
        for test in found.tests { tests.append(test) }
        template.slots = store(found.slots)
        template.unsaid = store(found.slots.filter { decider.isOfAccount($0) })
        template.isShared = template.tests.count + template.unsaid.count <= Self.testLimit
        template.comparesARNsOnly = found.tests.allSatisfy { decider.comparesARNsOnly($0) }
        for slot in found.slots {
            let entry = decider.programs.keys.entries[Int(slot)]
            if entry.derived == .userID { template.readsUserID = true }
            if entry.isOfEntity, entry.derived == nil { template.readsTags = true }
        }
        templates[number] = template
    }

    /// They are the same for all templates of a frame.
    private mutating func partsOfControlPolicies(
        _ request: PreparedRequest,
        _ frame: Int
    ) -> VaryingParts {
        if let known = controlParts[frame] { return known }
        var found = VaryingParts()
        for kind in LayerKind.allCases where kind.isControl {
            decider.findVaryingParts(kind, request, &found)
        }
        controlParts[frame] = found
        return found
    }

    private mutating func store(_ found: [UInt32]) -> Run {
        let start = UInt32(slots.count)
        for slot in found { slots.append(slot) }
        return Run(start: start, count: UInt32(found.count))
    }

    /// Puts the keys of the role at hand into their slots.
    mutating func fill(_ template: RoleTemplate) {
        decider.forgetSurveyedSlots(template.request)
        for place in template.slots.start..<template.slots.end {
            decider.fill(slots[place], template.request)
        }
    }

    /// How the tests come out for the role at hand, a bit each; what they read stays in the slots,
    /// some of it for the tests alone.
    mutating func testResults(_ template: RoleTemplate) -> UInt32 {
        let request = template.request
        for place in template.slots.start..<template.slots.end {
            let slot = slots[place]
            if template.comparesARNsOnly, decider.programs.keys.isPrincipalARN(slot) {
                decider.fillPassingARN(slot, request)
            } else {
                decider.fill(slot, request)
            }
        }
        var bits: UInt32 = 0
        for place in template.tests.start..<template.tests.end {
            let test = tests[place]
            let holds =
                switch test.kind {
                case .condition: decider.holds(test.number, request)
                case .resources: decider.covers(decider.programs.statements[test.number], request)
                }
            bits = bits << 1 | (holds ? 1 : 0)
        }
        // Whether a key is absent for certain decides what the answer hangs on.
        for place in template.unsaid.start..<template.unsaid.end {
            bits = bits << 1 | (decider.slot(slots[place], request) == Slot.unsaid ? 1 : 0)
        }
        return bits
    }
}

extension LayerKind {
    fileprivate var isControl: Bool { self == .resourceControl || self == .serviceControl }
}

/// What of the statements of a template differs from role to role.
struct VaryingParts {
    var tests: [RoleTest] = []
    var slots: [UInt32] = []

    mutating func add(_ test: RoleTest, reading slots: [UInt32]) {
        tests.append(test)
        add(slots)
    }

    mutating func add(_ slots: [UInt32]) {
        for slot in slots where !self.slots.contains(slot) { self.slots.append(slot) }
    }
}

extension Decider {
    func isOfAccount(_ slot: UInt32) -> Bool { programs.keys.entries[Int(slot)].isOfAccount }

    /// Adds what of the statements of a layer may come out differently for two roles.
    mutating func findVaryingParts(
        _ kind: LayerKind,
        _ request: PreparedRequest,
        _ found: inout VaryingParts
    ) {
        let levels = plans.all[request.plans[kind]].levels
        for level in levels.start..<levels.end {
            let candidates = plans.levels[level].candidates
            for place in candidates.start..<candidates.end {
                let number = plans.candidates[place].statement
                if grade(programs.statements[number], kind, request) == nil { continue }
                findVaryingParts(number, request, &found)
            }
        }
    }

    private mutating func findVaryingParts(
        _ number: UInt32,
        _ request: PreparedRequest,
        _ found: inout VaryingParts
    ) {
        let statement = programs.statements[number]
        let ofResources = varying(statement.resourceVariables, request)
        // What is absent there is noted whether or not the statement applies.
        found.add(ofResources)
        if statement.restrictsResources {
            if !ofResources.isEmpty {
                found.add(RoleTest(number: number, kind: .resources), reading: [])
            } else if !covers(statement, request) {
                return
            }
        }
        var tests: [(test: RoleTest, slots: [UInt32])] = []
        for place in statement.conditions.start..<statement.conditions.end {
            let slots = varying(programs.conditions[place].uses, request)
            if !slots.isEmpty {
                tests.append((RoleTest(number: place, kind: .condition), slots))
            } else if !holds(place, request), !readsUnsaidKey(place, request) {
                // Whoever calls, the statement fails on what is known.
                return
            }
        }
        for (test, slots) in tests { found.add(test, reading: slots) }
    }

    /// The slots of keys that may differ between roles, which nobody gave.
    private func varying(_ uses: Run, _ request: PreparedRequest) -> [UInt32] {
        guard !uses.isEmpty else { return [] }
        var found: [UInt32] = []
        for place in uses.start..<uses.end {
            let slot = programs.uses[place].slot
            if programs.keys.varies[Int(slot)], !isGiven(slot, request) { found.append(slot) }
        }
        return found
    }

    private func isGiven(_ slot: UInt32, _ request: PreparedRequest) -> Bool {
        let key = programs.keys.entries[Int(slot)].key
        return facts[Int(request.number)].evaluation?.request.context.entry(key) != nil
    }

    /// Puts a key of the role at hand into its slot; nobody gave it.
    mutating func fill(_ slot: UInt32, _ request: PreparedRequest) {
        guard let known = surveyed?.account.words[slot] else {
            _ = self.slot(slot, request)
            return
        }
        slots[request.slots &+ slot] = known
        surveyedSlots.append(slot)
    }

    /// As above for `aws:PrincipalArn`, for tests that compare it byte by byte.
    // PERF: who-can; every role has another, and nearly every organization spares some by it.
    mutating func fillPassingARN(_ slot: UInt32, _ request: PreparedRequest) {
        guard let surveyed else { return }
        var text = surveyed.account.account.roles[surveyed.number].arn.description
        let symbol = text.withUTF8 { symbols.passing($0) }
        slots[request.slots &+ slot] = symbol
        surveyedSlots.append(slot)
    }

    /// Whether a test has no other use for `aws:PrincipalArn` than to compare it byte by byte.
    func comparesARNsOnly(_ test: RoleTest) -> Bool {
        switch test.kind {
        case .resources:
            return !readsPrincipalARN(programs.statements[test.number].resourceVariables)
        case .condition:
            let condition = programs.conditions[test.number]
            guard programs.keys.isPrincipalARN(condition.slot) else {
                return !readsPrincipalARN(condition.uses)
            }
            return condition.test == .arn || condition.test == .pattern && hasNoExact(condition)
        }
    }

    /// Whether none of the patterns is compared by the number of a text.
    private func hasNoExact(_ condition: ConditionProgram) -> Bool {
        let run = condition.operands
        for place in run.start..<run.end where programs.patterns.all[place].kind == .exact {
            return false
        }
        return true
    }

    private func readsPrincipalARN(_ uses: Run) -> Bool {
        for place in uses.start..<uses.end
        where programs.keys.isPrincipalARN(programs.uses[place].slot) {
            return true
        }
        return false
    }

    /// Forgets what stands in slots of the role at hand.
    mutating func forgetSurveyedSlots(_ request: PreparedRequest) {
        for slot in surveyedSlots { slots[request.slots &+ slot] = Slot.unresolved }
        surveyedSlots.removeAll(keepingCapacity: true)
    }
}
