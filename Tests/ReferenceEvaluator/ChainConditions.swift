/// The `Condition` elements of the policies in random chains.
struct ChainConditions {
    let world: ChainWorld

    private func block(_ name: String, _ key: String, _ values: String...) -> JSON {
        .object([name: .object([key: .strings(values)])])
    }

    /// What a trust policy asks of those who want to assume its role.
    func trust(_ role: ChainWorld.Role, using dice: inout SplitMix64) -> JSON {
        // 20 and 21 need a session with a past: they come up more often.
        let number = dice.chance(15) ? 20 + dice.below(2) : dice.below(26)
        return number < 12
            ? ofTheCall(number, using: &dice) : ofTheCaller(number, role: role, using: &dice)
    }

    /// Keys of the call itself (KEY-7, KEY-11).
    private func ofTheCall(_ number: Int, using dice: inout SplitMix64) -> JSON {
        switch number {
        case 0, 1:
            block(dice.pick(["StringEquals", "StringLike"]), "sts:ExternalId", "acme-42", "acme-7")
        case 2:
            block("StringLike", "sts:RoleSessionName", "dev?", "job-*")
        case 3:
            block("StringLike", "sts:RoleSessionName", "${aws:username}-*", "ann")
        case 4:
            block(
                dice.pick(["StringEquals", "StringEqualsIfExists"]),
                "aws:RequestTag/team",
                "blue",
                "${aws:PrincipalTag/team}"
            )
        case 5:
            block("StringLike", dice.pick(["aws:RequestTag/Cost", "aws:requesttag/team"]), "*")
        case 6:
            block("ForAllValues:StringEquals", "aws:TagKeys", "team", "cost")
        case 7:
            block("ForAnyValue:StringEquals", "aws:TagKeys", "team")
        case 8:
            block("ForAllValues:StringEquals", "sts:TransitiveTagKeys", "team")
        case 9:
            block("ForAnyValue:StringEquals", "sts:TransitiveTagKeys", "team", "cost")
        case 10:
            block("StringLike", "sts:SourceIdentity", "ann", "u?")
        default:
            block("Null", dice.pick(["sts:SourceIdentity", "sts:ExternalId"]), "true")
        }
    }

    /// Keys of the caller's credentials and of the role (KEY-3.2).
    private func ofTheCaller(
        _ number: Int,
        role: ChainWorld.Role,
        using dice: inout SplitMix64
    ) -> JSON {
        switch number {
        case 12:
            block("StringEquals", "aws:PrincipalTag/team", "blue", "red")
        case 13:
            block("StringNotEquals", "aws:PrincipalTag/team", dice.pick(ChainWorld.teams))
        case 14:
            block(
                "StringEqualsIfExists",
                "aws:ResourceTag/team",
                "${aws:PrincipalTag/team, 'blue'}"
            )
        case 15:
            block("Bool", "aws:MultiFactorAuthPresent", "true")
        case 16:
            block("BoolIfExists", "aws:MultiFactorAuthPresent", dice.pick(["true", "false"]))
        case 17:
            block("NumericLessThan", "aws:MultiFactorAuthAge", dice.pick(["900", "3000"]))
        case 18:
            block(dice.pick(["StringEquals", "StringNotEquals"]), "aws:SourceIdentity", "ann")
        case 19:
            block("Null", "aws:SourceIdentity", dice.pick(["true", "false"]))
        case 20:
            block("DateGreaterThanEquals", "aws:TokenIssueTime", issueTime(using: &dice))
        case 21:
            block(
                dice.pick(["ArnLike", "StringLike", "StringNotLike"]),
                "aws:FederatedProvider",
                "arn:aws:iam::*:oidc-provider/\(ChainWorld.github)"
            )
        case 22:
            block("StringLike", "saml:sub", "ann@*")
        case 23:
            block(
                dice.pick(["ArnLike", "ArnNotLike"]),
                "aws:PrincipalArn",
                "arn:aws:iam::*:role/team/*",
                "arn:aws:iam::*:role/aws-reserved/*"
            )
        case 24:
            block("StringLike", "aws:userid", "*:dev?", "AIDA*", "*:ann")
        default:
            block("StringEquals", "aws:PrincipalOrgID", world.organizationID)
        }
    }

    /// An instant around those at which sessions begin.
    func issueTime(using dice: inout SplitMix64) -> String {
        TimeText.iso8601(RandomChain.start + dice.pick([-60, 0, 300, 1200]))
    }

    /// What a Deny asks, wherever it stands.
    func denial(using dice: inout SplitMix64) -> JSON {
        switch dice.below(9) {
        case 0:
            block("DateLessThan", "aws:TokenIssueTime", issueTime(using: &dice))
        case 1:
            block("Null", "aws:SourceIdentity", "true")
        case 2:
            block("StringNotEqualsIfExists", "aws:SourceIdentity", "ann", "u1")
        case 3:
            block("Bool", "aws:MultiFactorAuthPresent", "false")
        case 4:
            block("StringEquals", "aws:PrincipalTag/team", dice.pick(ChainWorld.teams))
        case 5:
            block("StringEquals", "aws:RequestTag/team", dice.pick(ChainWorld.teams))
        case 6:
            block("ForAnyValue:StringNotEquals", "aws:TagKeys", "team", "stage")
        case 7:
            block("StringLike", "sts:RoleSessionName", "job-*")
        default:
            block("StringLike", "aws:userid", "*:u1-x")
        }
    }

    /// What a statement about a SAML provider asks.
    func saml(using dice: inout SplitMix64) -> JSON? {
        switch dice.below(4) {
        case 0:
            return nil
        case 1:
            return .object([
                "StringEquals": .object(["SAML:aud": .string(ChainWorld.signInPage)]),
                "StringLike": .object(["saml:sub": .string("ann@*")]),
            ])
        default:
            return block("StringEquals", "SAML:aud", ChainWorld.signInPage)
        }
    }

    /// What a statement about an OIDC provider asks; always something of the subject (STS-17).
    func oidc(_ host: String, using dice: inout SplitMix64) -> JSON {
        var equal: [String: JSON] = [:]
        var like: [String: JSON] = [:]
        switch dice.below(3) {
        case 0:
            equal["\(host):sub"] = .string(ChainWorld.tokenSubjects[0])
        case 1:
            like["\(host):sub"] = .string("repo:acme/app:*")
        default:
            like["\(host):sub"] = .string("repo:acme/app:ref:*")
        }
        if dice.chance(60) {
            equal["\(host):aud"] = .string(ChainWorld.audience)
        }
        var members: [String: JSON] = [:]
        members["StringEquals"] = equal.isEmpty ? nil : .object(equal)
        members["StringLike"] = like.isEmpty ? nil : .object(like)
        return .object(members)
    }
}
