import JSONSource

/// One value of a condition, prepared for its operator.
package struct ConditionOperand: Sendable, Hashable {
    /// The value as text; numbers and booleans become strings (GRAM-11).
    package let text: String
    /// What the value is compared as.
    package let comparison: Comparison

    package enum Comparison: Sendable, Hashable {
        case text(TextTemplate)
        case textIgnoringCase(TextTemplate)
        case boolean(TextTemplate)
        case number(DecimalNumber, Order)
        case date(Instant, Order)
        case address(IPAddressRange)
        /// Six parts compared one by one; `anyARN` for `*` alone (COND-30, COND-31).
        case arn([TextTemplate])
        case anyARN
        case bytes([UInt8])
        case null(Bool)
        /// The value cannot be read in the operator's type (COND-7).
        case unreadable
    }

    package enum Order: Sendable {
        case equal, less, lessOrEqual, greater, greaterOrEqual
    }

    package init(
        _ text: String,
        for base: ConditionOperator.Base,
        variables: TextTemplate.Variables
    ) {
        self.text = text
        func template(_ wildcards: TextTemplate.Wildcards) -> TextTemplate {
            TextTemplate(text, wildcards: wildcards, variables: variables)
        }
        func number(_ order: Order) -> Comparison {
            DecimalNumber(text).map { .number($0, order) } ?? .unreadable
        }
        func date(_ order: Order) -> Comparison {
            Instant(policyValue: text).map { .date($0, order) } ?? .unreadable
        }
        comparison =
            switch base {
            case .stringEquals, .stringNotEquals: .text(template(.literal))
            case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase:
                .textIgnoringCase(template(.literal))
            case .stringLike, .stringNotLike: .text(template(.active))
            case .numericEquals, .numericNotEquals: number(.equal)
            case .numericLessThan: number(.less)
            case .numericLessThanEquals: number(.lessOrEqual)
            case .numericGreaterThan: number(.greater)
            case .numericGreaterThanEquals: number(.greaterOrEqual)
            case .dateEquals, .dateNotEquals: date(.equal)
            case .dateLessThan: date(.less)
            case .dateLessThanEquals: date(.lessOrEqual)
            case .dateGreaterThan: date(.greater)
            case .dateGreaterThanEquals: date(.greaterOrEqual)
            case .bool: .boolean(template(.literal))
            case .binaryEquals: Base64.bytes(text).map { .bytes($0) } ?? .unreadable
            case .ipAddress, .notIPAddress: IPAddressRange(text).map { .address($0) } ?? .unreadable
            case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike: Self.arn(text, template(.active))
            case .null: Self.null(text)
            }
    }

    private static func arn(_ text: String, _ template: TextTemplate) -> Comparison {
        if text == "*" { return .anyARN }
        let parts = template.split(atColons: 5)
        return parts.count == 6 ? .arn(parts) : .unreadable
    }

    private static func null(_ text: String) -> Comparison {
        switch text.lowercased() {
        case "true": .null(true)
        case "false": .null(false)
        default: .unreadable
        }
    }
}

extension ConditionOperand {
    package var isReadable: Bool { comparison != .unreadable }

    /// For `Null`: whether the key is asked to be absent.
    package var asksForAbsence: Bool? {
        if case .null(let flag) = comparison { flag } else { nil }
    }

    /// The keys whose values the operand needs.
    package var variables: [ConditionKey] { templates.flatMap(\.variables) }

    private var templates: [TextTemplate] {
        switch comparison {
        case .text(let template), .textIgnoringCase(let template), .boolean(let template):
            [template]
        case .arn(let parts): parts
        case .number, .date, .address, .anyARN, .bytes, .null, .unreadable: []
        }
    }

    /// The operand's variables with what stands in their place.
    package func putIn(from context: RequestContext) -> [PutInValue] {
        templates.flatMap { $0.putIn(from: context) }
    }

    /// Values of a variable with which the operand fits a value; nil where they cannot all be found.
    func values(
        of variable: ConditionKey,
        fitting value: String,
        in context: RequestContext
    ) -> [String]? {
        switch comparison {
        case .text(let template):
            return template.slot(of: variable, in: context)?.values(filling: value)
        case .textIgnoringCase(let template):
            // Letters of another case take as many bytes in ASCII only.
            guard value.utf8.allSatisfy({ $0 < 0x80 }), template.text.utf8.allSatisfy({ $0 < 0x80 })
            else { return nil }
            return template.ignoringCase.slot(of: variable, in: context)?
                .values(filling: value.lowercased())
        case .arn(let parts):
            let segments = value.parts(at: ":", maxSplits: 5).map(String.init)
            let places = parts.indices.filter { parts[$0].variables.contains(variable) }
            guard segments.count == 6 else { return [] }
            guard places.count == 1 else { return nil }
            return parts[places[0]].slot(of: variable, in: context)?
                .values(filling: segments[places[0]])
        case .boolean: return nil
        case .number, .date, .address, .anyARN, .bytes, .null, .unreadable: return []
        }
    }

    /// What the operand asks of a value.
    enum Form {
        case pattern(Wildcard)
        case textIgnoringCase(String)
        case boolean
        case number
        case date(Instant)
        case address(IPAddressRange)
        case bytes
        /// Nothing that one value could meet: `Null`, an unreadable operand, a missing variable.
        case nothing
    }

    /// What the operand asks for once the values of its variables are put in.
    func form(in context: RequestContext) -> Form {
        switch comparison {
        case .text(let template): template.expanded(in: context).map { .pattern($0) } ?? .nothing
        case .textIgnoringCase(let template):
            template.text(in: context).map { .textIgnoringCase($0) } ?? .nothing
        case .boolean: .boolean
        case .number: .number
        case .date(let instant, _): .date(instant)
        case .address(let range): .address(range)
        case .bytes: .bytes
        case .anyARN: .pattern(Self.anyARN)
        case .arn(let parts): Self.wildcard(parts, in: context).map { .pattern($0) } ?? .nothing
        case .null, .unreadable: .nothing
        }
    }

    /// Six parts of which the needed ones are not empty.
    private static let anyARN: Wildcard = {
        let colon = Wildcard.Token.byte(UInt8(ascii: ":"))
        let needed: [Wildcard.Token] = [.characterInSegment, .runInSegment]
        let head = "arn".utf8.map { Wildcard.Token.byte($0) } + [colon] + needed + [colon] + needed
        let middle = [colon, .runInSegment, colon, .runInSegment, colon]
        return Wildcard(head + middle + [.character, .run])
    }()

    /// The parts of an ARN as one pattern; but for the last, none of them reaches across colons.
    private static func wildcard(_ parts: [TextTemplate], in context: RequestContext) -> Wildcard? {
        var tokens: [Wildcard.Token] = []
        for (index, part) in parts.enumerated() {
            guard let wildcard = part.expanded(in: context) else { return nil }
            if index == 0 {
                guard wildcard.matches("arn") else { return nil }
                tokens += "arn".utf8.map { .byte($0) }
                continue
            }
            tokens.append(.byte(UInt8(ascii: ":")))
            tokens += wildcard.tokens.map { token in
                guard index < 5 else { return token }
                return switch token {
                case .run: .runInSegment
                case .character: .characterInSegment
                case .byte, .runInSegment, .characterInSegment: token
                }
            }
        }
        return Wildcard(tokens)
    }

    /// How one value of the request compares with this operand.
    package func compare(_ value: String, in context: RequestContext) -> Match {
        switch comparison {
        case .text(let template):
            return Match(template.covers(value, in: context))
        case .textIgnoringCase(let template):
            return Match(template.equalsIgnoringCase(value, in: context))
        case .boolean(let template):
            let isBoolean = ["true", "false"].contains(value.lowercased())
            return Match(isBoolean && template.equalsIgnoringCase(value, in: context))
        case .number(let wanted, let order):
            guard let number = DecimalNumber(value) else { return .incomparable }
            return Match(order.holds(number, wanted))
        case .date(let wanted, let order):
            guard let instant = Instant(policyValue: value) else { return .incomparable }
            return Match(order.holds(instant, wanted))
        case .address(let range):
            guard let address = IPAddressRange(value) else { return .no }
            return Match(range.contains(address))
        case .arn(let parts): return Match(Self.matches(parts, value, in: context))
        case .anyARN: return Match(ARN(value) != nil)
        case .bytes(let bytes): return Match(Base64.bytes(value) == bytes)
        case .null: return .no
        case .unreadable: return .incomparable
        }
    }

    /// The outcome of one comparison.
    package enum Match: Sendable {
        case yes
        case no
        /// One side cannot be read as a number or date; a negated operator does not hold then.
        case incomparable

        init(_ flag: Bool) {
            self = flag ? .yes : .no
        }
    }

    private static func matches(
        _ parts: [TextTemplate],
        _ value: String,
        in context: RequestContext
    ) -> Bool {
        let segments = value.parts(at: ":", maxSplits: 5)
        guard segments.count == 6, segments[0] == "arn" else { return false }
        return zip(parts, segments).allSatisfy { part, segment in
            part.covers(String(segment), in: context)
        }
    }
}

extension ConditionOperand.Order {
    fileprivate func holds<Value: Comparable>(_ value: Value, _ wanted: Value) -> Bool {
        switch self {
        case .equal: value == wanted
        case .less: value < wanted
        case .lessOrEqual: value <= wanted
        case .greater: value > wanted
        case .greaterOrEqual: value >= wanted
        }
    }
}
