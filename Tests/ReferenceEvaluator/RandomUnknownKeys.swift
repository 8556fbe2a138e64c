/// A condition key that a random request leaves unknown, with values of every kind it may have.
package struct RandomUnknownKey {
    package let name: String
    /// Single values; the key may also be absent.
    package let values: [String]
    /// Whether sets of the values are meant.
    package let isMultivalued: Bool
}

extension RandomOrganization {
    /// The keys that a request leaves unknown; the same number gives the same keys.
    ///
    /// - Parameters:
    ///   - number: The request.
    ///   - relevant: Names in lower case of the keys that may matter to it.
    /// - Returns: Up to three of them, with not too many values together.
    package func unknownKeys(_ number: Int, among relevant: Set<String>) -> [RandomUnknownKey] {
        var dice = SplitMix64(seed: seed &* 0x9e37_79b9 &+ UInt64(number) &* 31)
        let all =
            RandomConditionKey.given
            + RandomConditionKey.derived(from: world, isIdentitySide: true)
        var names: Set<String> = []
        let keys = all.filter {
            // What AWS does not list may hold a set or one value: its policies alone could tell.
            !$0.name.hasPrefix("app:") && relevant.contains($0.name.lowercased())
                && names.insert($0.name).inserted
        }
        guard !keys.isEmpty else { return [] }
        let chosen = dice.some(keys, upTo: dice.chance(20) ? 3 : dice.chance(60) ? 2 : 1)
        let unknown = chosen.map { key in
            // A key of two types has one kind of value all the same.
            let alike = all.filter { $0.name == key.name && $0.kind == key.kind }
            let values = alike.flatMap { self.values(of: $0) }
            var seen: Set<String> = []
            return RandomUnknownKey(
                name: key.name,
                values: values.filter { seen.insert($0).inserted },
                isMultivalued: key.isMultivalued
            )
        }
        let count = unknown.reduce(1) { $0 * ($1.values.count + 1) }
        return count <= 1_000 ? unknown : [unknown[0]]
    }

    /// What policies name, something each pattern fits, and something next to everything named.
    private func values(of key: RandomConditionKey) -> [String] {
        let people = world.users + world.roles
        let texts = key.policyValues.filter { !$0.contains("${") || $0.contains("${*}") }
        // In a policy of the old version a variable is plain text.
        let literal = key.policyValues.filter { $0.contains("${") }
            .map { $0.replacing("/*", with: "/x") }
        let filled =
            literal
            + texts.flatMap { text in
                ["", "x"].map { filling in
                    text.replacing("${*}", with: "\u{1}").replacing("*", with: filling)
                        .replacing("?", with: "t").replacing("\u{1}", with: "*")
                }
            }
        switch key.kind {
        case .string:
            let tags = key.name.contains("Tag") ? ["blue", "red", "Blue", "BLUE"] : []
            let names =
                ["aws:UserAgent", "aws:username"].contains(key.name) ? ["", "u1", "u2", "U1"] : []
            let cases = texts.map { $0.uppercased() } + texts.map { $0.lowercased() }
            return filled + tags + names + cases + ["unheard-of"]
        case .arn:
            let far = "arn:aws:iam::999999999999:"
            let entities = people.map(\.arn).filter(texts.contains)
            let users = world.members.map { "arn:aws:iam::\($0.id):user/near" }
            return filled + entities + users
                + ["role/far", "user/far", "root", "group/far"].map { far + $0 }
                + ["arn:aws:sns:r:a:tt", "arn:aws:sns:r:a:other", "no-arn"]
        case .bool: return ["true", "false"]
        case .numeric where key.name != "aws:EpochTime":
            return [
                "-2", "-1", "0", "1", "2", "2.5", "3", "5", "6", "7", "8", "10", "11", "1000",
                "1001",
            ]
        case .numeric:
            return [
                "1735689600", "1767225599", "1767225600", "1767225601", "1800000000",
                "1800000001",
            ]
        case .date:
            return [
                "2025-01-01", "2025-05-31T23:59:59Z", "2025-06-01T00:00:00Z",
                "2025-06-01T00:00:01Z",
                "2025-12-30", "2025-12-31T00:00:00Z", "2025-12-31T00:00:01Z",
                "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z",
                "2026-05-31", "2026-06-01T00:00:00Z", "2026-06-02", "2026-12-31", "2027-01-01",
                "2028-01-01",
            ]
        case .address:
            return [
                "203.0.113.0", "203.0.113.9", "203.0.113.10", "203.0.112.255", "203.0.114.0",
                "10.0.0.1", "9.255.255.255", "11.0.0.0", "192.0.2.5", "192.0.3.0", "2001:db8::1",
                "2001:db9::", "198.51.100.1",
            ]
        case .binary: return ["QmluYXJ5", "AAEC", "AAAA"]
        }
    }
}
