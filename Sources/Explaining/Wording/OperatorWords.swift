import PolicyLanguage

/// The words in which an operator's comparisons are told.
struct OperatorWords {
    /// `"x" HIT ["x", "y"]` where one value fits, `"x" MISS ["y"]` where none does.
    let hit: String
    let miss: String
    /// `the key is absent, and the operator asks for WANTED ["y"]`.
    let wanted: String
    /// What a value must be read as; nil for text.
    let kind: String?

    private init(_ hit: String, _ miss: String, wanted: String, kind: String? = nil) {
        self.hit = hit
        self.miss = miss
        self.wanted = wanted
        self.kind = kind
    }

    init(_ base: ConditionOperator.Base) {
        self =
            switch base {
            case .stringEquals, .stringNotEquals:
                Self("is one of", "is none of", wanted: "one of")
            case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase:
                Self("is, but for case, one of", "is in no case one of", wanted: "one of")
            case .stringLike, .stringNotLike:
                Self("fits one of", "fits none of", wanted: "what fits one of")
            case .numericEquals, .numericNotEquals:
                Self("equals one of", "equals none of", wanted: "one of").of("number")
            case .numericLessThan: Self.order("less than").of("number")
            case .numericLessThanEquals: Self.order("at most").of("number")
            case .numericGreaterThan: Self.order("greater than").of("number")
            case .numericGreaterThanEquals: Self.order("at least").of("number")
            case .dateEquals, .dateNotEquals:
                Self("is the time of one of", "is the time of none of", wanted: "one of")
                    .of("date")
            case .dateLessThan: Self.order("before").of("date")
            case .dateLessThanEquals: Self.order("not after").of("date")
            case .dateGreaterThan: Self.order("after").of("date")
            case .dateGreaterThanEquals: Self.order("not before").of("date")
            case .bool: Self("is one of", "is none of", wanted: "one of").of("Boolean")
            case .binaryEquals:
                Self("has the bytes of one of", "has the bytes of none of", wanted: "one of")
            case .ipAddress, .notIPAddress:
                Self("is in one of", "is in none of", wanted: "an address in one of")
                    .of("IP address")
            case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike:
                Self("fits one of", "fits none of", wanted: "an ARN that fits one of").of("ARN")
            case .null: Self("is", "is not", wanted: "")
            }
    }

    private static func order(_ words: String) -> Self {
        let miss: String =
            switch words {
            case "not after": "is after all of"
            case "not before": "is before all of"
            default: "is not \(words) any of"
            }
        return Self("is \(words) one of", miss, wanted: "one \(words) one of")
    }

    private func of(_ kind: String) -> Self { Self(hit, miss, wanted: wanted, kind: kind) }
}
