package import PolicyLanguage

/// Condition keys that come with a request; they win over what follows from it.
package struct GivenContext: Sendable {
    /// In the order given; a nil value says that the key is absent.
    package private(set) var entries: [Entry] = []
    /// Where each key stands, kept only for so many that looking through them would take long.
    private var places: [ConditionKey: Int] = [:]
    private static let fewKeys = 16

    package struct Entry: Sendable {
        package let key: ConditionKey
        package let value: ContextValue?

        package init(key: ConditionKey, value: ContextValue?) {
            self.key = key
            self.value = value
        }
    }

    package init() {}

    /// Keys that are known to differ, not by case only.
    package init(distinct entries: [Entry]) {
        self.entries = entries
        guard entries.count > Self.fewKeys else { return }
        for (place, entry) in entries.enumerated() { places[entry.key] = place }
    }

    /// Sets a key, replacing one whose name differs by case only.
    package mutating func set(_ key: ConditionKey, to value: ContextValue?) {
        let entry = Entry(key: key, value: value)
        if let place = place(of: key) {
            entries[place] = entry
            return
        }
        entries.append(entry)
        if !places.isEmpty {
            places[key] = entries.count - 1
        } else if entries.count > Self.fewKeys {
            for (place, entry) in entries.enumerated() { places[entry.key] = place }
        }
    }

    package func entry(_ key: ConditionKey) -> Entry? { place(of: key).map { entries[$0] } }

    private func place(of key: ConditionKey) -> Int? {
        places.isEmpty ? entries.firstIndex { $0.key == key } : places[key]
    }

    /// These keys with others laid over them.
    package func overlaid(with others: GivenContext) -> GivenContext {
        var result = self
        for entry in others.entries { result.set(entry.key, to: entry.value) }
        return result
    }
}

extension GivenContext {
    /// Keys that only AWS sets: giving them needs `overrideContext` (formats, section 2).
    package static func isSetByAWS(_ key: ConditionKey) -> Bool {
        let name = key.canonical
        return setByAWS.contains(name) || name.hasPrefix("aws:principaltag/")
    }

    private static let setByAWS: Set<String> = [
        "aws:principalarn", "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths",
        "aws:principaltype", "aws:principalisawsservice", "aws:principalservicename",
        "aws:principalservicenameslist", "aws:userid", "aws:username", "aws:assumedroot",
        "aws:tokenissuetime", "aws:sourceidentity", "aws:federatedprovider",
        "aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths",
    ]
}
