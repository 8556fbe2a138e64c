/// Writes the `Condition` element of random statements.
struct RandomConditions {
    private let given = RandomConditionKey.given
    private let derived: [RandomConditionKey]
    private let derivedIdentitySide: [RandomConditionKey]
    private let organizationID: String

    init(world: RandomWorld) {
        derived = RandomConditionKey.derived(from: world, isIdentitySide: false)
        derivedIdentitySide = RandomConditionKey.derived(from: world, isIdentitySide: true)
        organizationID = world.organizationID
    }

    /// One or two operators with a key each.
    func block(isIdentitySide: Bool, using dice: inout SplitMix64) -> JSON {
        var block: [String: JSON] = [:]
        let keys = isIdentitySide ? derivedIdentitySide : derived
        for _ in 0...(dice.chance(20) ? 1 : 0) {
            let key = dice.pick(dice.chance(50) ? given : keys)
            let name = operatorName(for: key, using: &dice)
            // COND-4: the names of keys ignore case.
            let spelling = dice.chance(10) ? key.name.lowercased() : key.name
            block[name] = .object([spelling: values(for: key, name: name, using: &dice)])
        }
        return .object(block)
    }

    /// Conditions of which S3 says clearly whether they make an open bucket policy public (S3-4).
    func bucketBlock(using dice: inout SplitMix64) -> JSON? {
        func block(_ name: String, _ key: String, _ value: String) -> JSON {
            .object([name: .object([key: .string(value)])])
        }
        switch dice.below(6) {
        case 0:
            return block("StringEquals", "aws:PrincipalOrgID", organizationID)
        case 1:
            return block("IpAddress", "aws:SourceIp", "203.0.113.0/24")
        case 2:
            return block("IpAddress", "aws:SourceIp", "128.0.0.0/1")
        case 3:
            return block("StringLike", "aws:SourceVpce", "vpce-*")
        case 4:
            return block("Bool", "aws:SecureTransport", "true")
        default:
            return nil
        }
    }

    private func operatorName(for key: RandomConditionKey, using dice: inout SplitMix64) -> String {
        if dice.chance(8) {
            return "Null"
        }
        var name = dice.pick(key.operators)
        if dice.chance(20) {
            name += "IfExists"
        }
        // A multivalued key without a set operator never matches; an empty one is left out.
        let mayStandAlone = key.name != "aws:TagKeys"
        let wantsSet = key.isMultivalued ? !mayStandAlone || dice.chance(85) : dice.chance(12)
        if wantsSet {
            name = dice.pick(["ForAllValues:", "ForAnyValue:"]) + name
        }
        return name
    }

    private func values(
        for key: RandomConditionKey,
        name: String,
        using dice: inout SplitMix64
    ) -> JSON {
        if name == "Null" {
            return dice.pick([.string("true"), .string("false"), .bool(false)])
        }
        let values = dice.some(key.policyValues)
        // GRAM-11: numbers and truth values may stand without quotes.
        if values.count == 1, dice.chance(30) {
            switch key.kind {
            case .bool:
                return .bool(values[0] == "true")
            case .numeric:
                return .number(values[0])
            default:
                break
            }
        }
        return .strings(values)
    }

    /// The context of a random request.
    func context(
        isThroughEndpoint: Bool,
        organizationOverride: Bool,
        using dice: inout SplitMix64
    ) -> JSON {
        var members: [String: JSON] = [:]
        for key in given where dice.chance(key.name == "aws:SourceIp" ? 50 : 25) {
            // COND-28: there is no source address behind an endpoint.
            if key.name == "aws:SourceIp", isThroughEndpoint {
                continue
            }
            let spelling = dice.chance(10) ? key.name.lowercased() : key.name
            members[spelling] = dice.pick(key.givenValues)
        }
        if dice.chance(15) {
            members["aws:RequestedRegion"] = .string(dice.pick(RandomWorld.regions))
        }
        if members["aws:securetransport"] == nil, dice.chance(5) {
            members["aws:SecureTransport"] = .null
        }
        if organizationOverride {
            members["aws:PrincipalOrgID"] = .string(organizationID)
        }
        return .object(members)
    }
}
