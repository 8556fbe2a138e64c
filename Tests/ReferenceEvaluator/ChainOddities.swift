// Parameters that AWS rejects before it looks at any policy
extension ChainDrafts {
    /// A draft with one parameter spoilt.
    func spoilt(
        _ draft: ChainDraft,
        inherited: [String: String],
        identity: String?,
        using dice: inout SplitMix64
    ) -> ChainDraft {
        var draft = draft
        switch draft.verb {
        case "assumeRole":
            if let key = inherited.keys.sorted().first, dice.chance(60) {
                // STS-12
                let value = JSON.string((inherited[key] ?? "") + "x")
                draft.parameters["tags"] = .object([dice.pick([key, key.uppercased()]): value])
                draft.parameters["transitiveTagKeys"] = nil
            } else if let identity, dice.chance(60) {
                // STS-14
                draft.parameters["sourceIdentity"] = .string("not-" + identity.prefix(20))
            } else {
                spoilRoleCall(&draft, isFederated: false, using: &dice)
            }
        case "assumeRoleWithSAML", "assumeRoleWithWebIdentity":
            spoilRoleCall(&draft, isFederated: true, using: &dice)
        case "getSessionToken":
            draft.parameters["durationSeconds"] = .number(dice.pick(["899", "129601"]))
        case "getFederationToken":
            if dice.chance(50) {
                let long = String(repeating: "n", count: 33)
                draft.parameters["name"] = .string(dice.pick(["x", "no body", long]))
            } else {
                draft.parameters["durationSeconds"] = .number(dice.pick(["899", "129601"]))
            }
        default:
            draft.parameters["durationSeconds"] = .number("901")
        }
        return draft
    }

    private func spoilRoleCall(
        _ draft: inout ChainDraft,
        isFederated: Bool,
        using dice: inout SplitMix64
    ) {
        func long(_ count: Int) -> String {
            String(repeating: "a", count: count)
        }
        switch dice.below(isFederated ? 8 : 7) {
        case 0:
            let names = ["x", "not valid", "a/b", long(65)]
            draft.parameters["roleSessionName"] = .string(dice.pick(names))
        case 1, 2:
            draft.parameters["durationSeconds"] = .number(dice.pick(["899", "43201", "0"]))
        case 3:
            spoilTags(&draft, using: &dice)
        case 4:
            let values = ["u", "aws:me", "with space", long(65)]
            draft.parameters["sourceIdentity"] = .string(dice.pick(values))
        case 5:
            spoilPolicy(&draft, using: &dice)
        case 6 where !isFederated:
            draft.parameters["externalId"] = .string(dice.pick(["x", "no good!", long(1225)]))
        case 6:
            // STS-16: a provider that does not exist.
            let provider = draft.parameters["provider"]?.text ?? ""
            draft.parameters["provider"] = .string(provider + "-gone")
        default:
            // STS-17; for SAML the audience is a matter of the trust policy.
            if draft.verb == "assumeRoleWithWebIdentity" {
                draft.parameters["audience"] = .string("https://other.example")
            } else {
                draft.parameters["durationSeconds"] = .number("43201")
            }
        }
    }

    /// Tags that break STS-11.
    private func spoilTags(_ draft: inout ChainDraft, using dice: inout SplitMix64) {
        draft.parameters["transitiveTagKeys"] = nil
        switch dice.below(5) {
        case 0:
            draft.parameters["tags"] = .object(["aws:team": .string("blue")])
        case 1:
            draft.parameters["tags"] = .object(["cost": .string("1"), "Cost": .string("2")])
        case 2:
            let value = JSON.string(String(repeating: "v", count: 257))
            draft.parameters["tags"] = .object(["cost": value])
        case 3:
            let key = String(repeating: "k", count: 129)
            draft.parameters["tags"] = .object([key: .string("1")])
        default:
            let pairs = (0...50).map { ("k\($0)", JSON.string("v")) }
            draft.parameters["tags"] = .object(Dictionary(uniqueKeysWithValues: pairs))
        }
    }

    /// Session policies that break STS-19 or RES-5.
    private func spoilPolicy(_ draft: inout ChainDraft, using dice: inout SplitMix64) {
        func policy(_ resources: [String]) -> JSON {
            .policy([
                .object([
                    "Effect": .string("Allow"), "Action": .string("s3:*"),
                    "Resource": .strings(resources),
                ])
            ])
        }
        switch dice.below(3) {
        case 0:
            draft.parameters["policy"] = policy(["arn:aws:s3"])
        case 1:
            let many = (100..<170).map { "arn:aws:s3:::bucket-number-\($0)-aaaaaaaaa/*" }
            draft.parameters["policy"] = policy(many)
        default:
            let account = draft.holder?.accountID ?? ""
            let arn = JSON.string("arn:aws:iam::\(account):policy/Common")
            draft.parameters["policyArns"] = .array(Array(repeating: arn, count: 11))
        }
    }
}
