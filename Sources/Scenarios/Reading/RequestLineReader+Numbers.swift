package import Authorization
import JSONSource
import PolicyLanguage

/// The answer to a line in numbers of the decider that gave it.
package struct NumberedLine {
    /// Where the id stands in the line, as the answer repeats it; empty where there is none.
    package let id: Range<Int>
    package let decision: NumberedDecision
    /// What its numbers belong to.
    package let era: Era
}

/// The numbers that names of lines have in one era of a decider.
struct NameNumbers: ~Copyable {
    let era: Era
    var callers = TextTable<UInt32>()
    var actions = TextTable<UInt32>()
    var resources = TextTable<UInt32>()
    var accounts = TextTable<UInt32>()
    /// For a resource that is not named.
    var everything: UInt32?

    /// For a caller without one.
    static let none = UInt32.max

    init(_ era: Era) { self.era = era }
}

extension RequestLineReader {
    /// Decides a line by numbers; nil where they do not say all.
    mutating func numbered(
        _ fields: RequestFields,
        _ line: UnsafeRawBufferPointer,
        _ reasons: inout [UInt32]
    ) -> NumberedLine? {
        let nodes = scanner.result
        guard let id = numberedID(fields.id.map { nodes[$0] }, line),
            let caller = callerNumber(nodes[fields.principal], line),
            let action = actionNumber(nodes[fields.action], line),
            let resource = resourceNumber(fields.resource.map { nodes[$0] }, line)
        else { return nil }
        var owner: UInt32 = 0
        if let field = fields.resourceAccount {
            guard let account = accountNumber(nodes[field], line) else { return nil }
            owner = account
        }
        let request = NumberedRequest(
            caller: caller,
            action: action,
            resource: resource,
            account: owner
        )
        guard let prepared = decider.prepare(request, at: instant) else { return nil }
        for key in given.keys {
            let place = place(key.known, prepared)
            // What no policy reads cannot tell.
            guard place != 0 else { continue }
            let node = nodes[key.node]
            if node.kind == .string, node.isPlainText {
                let text = UnsafeRawBufferPointer(rebasing: line[node.textRange])
                decider.give(text, at: place, to: prepared)
            } else {
                decider.give(value(key.node, nodes, line), at: place, to: prepared)
            }
        }
        let decision = decider.answer(prepared, reasons: &reasons)
        return NumberedLine(id: id, decision: decision, era: numbers.era)
    }

    /// Where a key stands among those that policies read; 0 where none does.
    private mutating func place(_ key: KeyNames.Known, _ request: PreparedRequest) -> UInt32 {
        if let known = keys.place(key, of: request.placeCount) { return known }
        let place = decider.place(of: keys.spelling(key))
        keys.note(place: place, key, of: request.placeCount)
        return place
    }

    /// Where an id stands that is repeated as it is.
    private func numberedID(_ node: JSONNode?, _ line: UnsafeRawBufferPointer) -> Range<Int>? {
        guard let node else { return 0..<0 }
        switch node.kind {
        case .null, .true, .false, .number: return node.range
        case .string:
            // DEL is written as an escape.
            let isRepeated = node.isPlainText && line[node.textRange].allSatisfy { $0 != 0x7F }
            return isRepeated ? node.range : nil
        case .array, .object: return nil
        }
    }

    private mutating func callerNumber(
        _ node: JSONNode,
        _ line: UnsafeRawBufferPointer
    ) -> UInt32? {
        guard let text = Self.name(node, line) else { return nil }
        if let known = numbers.callers.value(of: text) {
            return known == NameNumbers.none ? nil : known
        }
        guard let caller = caller(node, line) else { return nil }
        let number = decider.number(of: caller)
        numbers.callers.note(number ?? NameNumbers.none, for: text)
        return number
    }

    private mutating func actionNumber(
        _ node: JSONNode,
        _ line: UnsafeRawBufferPointer
    ) -> UInt32? {
        guard let text = Self.name(node, line) else { return nil }
        if let known = numbers.actions.value(of: text) { return known }
        guard let action = action(node, line) else { return nil }
        let number = decider.number(of: action)
        numbers.actions.note(number, for: text)
        return number
    }

    private mutating func resourceNumber(
        _ node: JSONNode?,
        _ line: UnsafeRawBufferPointer
    ) -> UInt32? {
        guard let node else {
            if let known = numbers.everything { return known }
            let number = number(of: "*")
            numbers.everything = number
            return number
        }
        guard case .string = node.kind, node.isPlainText,
            node.textRange.count <= RequestResolver.resourceLimit
        else { return nil }
        let text = UnsafeRawBufferPointer(rebasing: line[node.textRange])
        // An ARN is taken as it is.
        if Self.isARN(text) { return decider.number(of: text) }
        if let known = numbers.resources.value(of: text) { return known }
        guard let resource = resource(node, line) else { return nil }
        let number = number(of: resource)
        numbers.resources.note(number, for: text)
        return number
    }

    private mutating func accountNumber(
        _ node: JSONNode,
        _ line: UnsafeRawBufferPointer
    ) -> UInt32? {
        guard let text = Self.name(node, line) else { return nil }
        if let known = numbers.accounts.value(of: text) { return known }
        guard let account = account(node, line) else { return nil }
        let number = number(of: account.description)
        numbers.accounts.note(number, for: text)
        return number
    }

    private mutating func number(of text: String) -> UInt32 {
        var text = text
        return text.withUTF8 { decider.number(of: UnsafeRawBufferPointer($0)) }
    }
}

// What the numbers of an answer stand for, until the next line is answered.
extension RequestLineReader {
    package func reason(_ number: UInt32) -> Reason { decider.reason(number) }
    package func absentKeys(_ number: UInt32) -> [String] { decider.absentKeys(number) }
    package func notes(_ number: UInt32) -> [String] { decider.notes(number) }
}
