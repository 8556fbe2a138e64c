import JSONSource
import PolicyLanguage

// What conditions make of requests that do not carry a key.

extension WrittenStatement {
    /// Whether some condition fails for requests without the key.
    func demands(_ key: String) -> Bool {
        let wanted = ConditionKey(key).canonical
        return conditions.contains { condition in
            if condition.holdsWhenAbsent { return false }
            let other = condition.canonicalKey
            // A request with a tag has tag keys.
            return other == wanted
                || wanted == "aws:tagkeys" && other.hasPrefix("aws:requesttag/")
        }
    }
}

extension WrittenPolicy {
    /// Whether some Deny is about requests that do not carry the key.
    func deniesAbsence(of key: String) -> Bool {
        statements.contains { statement in
            statement.isDeny
                && statement.conditions(on: key).contains { $0.base == .null && $0.holdsWhenAbsent }
        }
    }
}

extension WrittenCondition {
    /// Whether the value is just this flag.
    func asksFor(_ flag: String) -> Bool {
        !values.isEmpty && values.allSatisfy { $0.text.lowercased() == flag }
    }
}
