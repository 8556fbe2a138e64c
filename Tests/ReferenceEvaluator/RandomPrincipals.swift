/// Writes `Principal` and `NotPrincipal` elements that name somebody who exists.
struct RandomPrincipals {
    let world: RandomWorld
    /// The account whose resource or role it is.
    let owner: String

    /// A `Principal` element of any form.
    func element(using dice: inout SplitMix64) -> JSON {
        switch dice.below(12) {
        case 0:
            return .string("*")
        case 1:
            return .object(["AWS": .string("*")])
        case 2:
            return .object(["Service": .strings(dice.some(RandomWorld.services))])
        case 3:
            return .object([
                "AWS": .string(entry(using: &dice)),
                "Service": .string(dice.pick(RandomWorld.services)),
            ])
        case 4:
            // An entity of an account that the file does not know.
            return .object([
                "AWS": .array([
                    .string("arn:aws:iam::999900001111:role/r1"), .string(entry(using: &dice)),
                ])
            ])
        default:
            var entries: [String] = []
            for _ in 0...dice.below(3) {
                let entry = entry(using: &dice)
                if !entries.contains(entry) {
                    entries.append(entry)
                }
            }
            return .object(["AWS": .strings(entries)])
        }
    }

    /// One entry under `AWS`; the owner's own account more often than not.
    private func entry(using dice: inout SplitMix64) -> String {
        let own = world.members.filter { $0.id == owner }
        let member = dice.pick(dice.chance(50) ? own : world.members)
        let user = dice.pick(member.users)
        let role = dice.pick(member.roles.filter { !$0.isServiceLinked })
        let forms = [
            member.id, member.rootARN, member.rootARN, user.arn, user.arn, role.arn, role.arn,
            role.sessionARN, user.federatedARN,
        ]
        return dice.pick(forms)
    }

    /// A `NotPrincipal` element: somebody's whole chain, now and then with a link missing.
    func chain(using dice: inout SplitMix64) -> JSON {
        let own = world.members.filter { $0.id == owner }
        let member = dice.pick(dice.chance(60) ? own : world.members)
        let role = dice.pick(member.roles.filter { !$0.isServiceLinked })
        var entries =
            dice.chance(50)
            ? [member.rootARN, dice.pick(member.users).arn]
            : [member.id, role.arn, role.sessionARN]
        entries += dice.chance(50) ? member.users.map(\.arn).filter { !entries.contains($0) } : []
        if dice.chance(20) {
            entries.remove(at: dice.below(entries.count))
        }
        var members: [String: JSON] = ["AWS": .strings(entries)]
        if dice.chance(40) {
            members["Service"] = .strings(RandomWorld.services)
        }
        return .object(members)
    }
}
