import JSONSource
import PolicyLanguage

extension WrittenStatement {
    /// Whether accounts matter to what counts as all resources of a type.
    enum Accounts {
        /// The action works in the holder's own account only, whichever the pattern names.
        case own
        /// The pattern must leave the account open.
        case any
    }

    /// Whether `Resource` takes in all resources of one of the types of a service.
    func coversAll(_ types: [String], of service: String, in accounts: Accounts) -> Bool {
        guard let resources else { return true }
        guard !resources.isNegated else { return false }
        return resources.entries.contains { entry in
            if entry.text == "*" { return true }
            var parts = entry.text.split(
                separator: ":",
                maxSplits: 5,
                omittingEmptySubsequences: false
            )
            guard parts.count > 2, parts[0] == "arn" else { return false }
            // A `*` at the end runs on across the parts that are missing (RES-2).
            if parts.count < 6, parts.last?.hasSuffix("*") == true {
                while parts.count < 6 { parts.append("*") }
            }
            guard parts.count == 6, parts[2] == service || parts[2] == "*" else { return false }
            if accounts == .any, parts[4] != "*" { return false }
            return parts[5] == "*"
                || types.contains { parts[5] == "\($0)/*" || parts[5] == "\($0)*" }
        }
    }

    /// Whether the statement lists every action of every service.
    var coversEveryAction: Bool {
        guard let actions, !actions.isNegated else { return false }
        return actions.entries.contains { $0.text == "*" || $0.text == "*:*" }
    }

    /// The first entry of `Action` that covers one of the actions, `*` aside.
    func entry(covering names: [String]) -> SourceString? {
        guard let actions, !actions.isNegated, !coversEveryAction else { return nil }
        let wanted = names.compactMap { ActionName($0) }
        let services = Set(wanted.map(\.service))
        return actions.entries.first { entry in
            // PERF: lists of thousands of actions are common, patterns cost more than prefixes.
            guard services.contains(entry.text.prefix { $0 != ":" }.lowercased()),
                let pattern = entry.actionPattern
            else { return false }
            return wanted.contains { pattern.matches($0) }
        }
    }

    /// Whether a condition narrows what an action of a service works on, rather than who calls.
    func limitsTarget(of service: String) -> Bool {
        conditions.contains { condition in
            let key = condition.canonicalKey
            guard !condition.values.contains(where: { $0.text == "*" }) else { return false }
            return key.hasPrefix("\(service):") || key.hasPrefix("aws:resource")
                || key.hasPrefix("aws:calledvia") || key == "aws:viaawsservice"
        }
    }
}

extension WrittenPolicy {
    /// Whether a Deny of the document takes an action back, wholly or for what it should spare.
    func takesBack(_ action: String) -> Bool {
        let service = action.prefix { $0 != ":" }
        return statements.contains { statement in
            guard statement.isDeny, statement.concerns(action) else { return false }
            if statement.limitsTarget(of: String(service)) { return true }
            let isWide = statement.coversEverything || statement.resources?.isNegated == true
            return isWide && statement.conditions.isEmpty
        }
    }

    /// A permissions boundary gives nothing by itself; a document on its own tends to say by its
    /// name that it is one.
    var isBoundary: Bool { holder.isBoundary || name.lowercased().contains("boundary") }
}
