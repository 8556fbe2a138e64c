import OrganizationModel
import PolicyLanguage

/// An account a survey is at, with what its keys hold.
final class SurveyedAccount {
    let account: Account
    let place: Int
    /// Whether the resource is its own because nothing else says whose it is.
    private let isOwner: Bool
    private var derivation: KeyDerivation?
    /// What stands in the slots of keys that differ from account to account.
    var words: [UInt32: UInt32] = [:]

    init(_ account: Account, at place: Int, isOwner: Bool) {
        self.account = account
        self.place = place
        self.isOwner = isOwner
    }

    /// Where the account's keys come from: those of its root user are the same, and they are all
    /// that is asked.
    func keys(_ evaluation: Evaluation) -> KeyDerivation {
        if let derivation { return derivation }
        let keys = evaluation.keys
        var request = keys.request
        request.caller = .root(account.id, nil)
        guard let subject = Subject(request.caller, in: keys.organization) else { return keys }
        let target =
            isOwner
            ? ResourceTarget(request, subject: subject, in: keys.organization) : keys.target
        let made = KeyDerivation(
            request,
            by: CallerProfile(request.caller, subject),
            on: TargetProfile(target),
            in: keys.surroundings
        )
        derivation = made
        return made
    }
}

/// A role that a survey asks about, and how it is used.
struct SurveyedRole {
    let account: SurveyedAccount
    /// Its number among the roles of the account.
    let number: Int
    let use: RoleSurvey.Use

    var role: IAMRole { account.account.roles[number] }

    private var tags: Tags {
        let tags = account.account.roles[number].tags
        return use.hasTags ? tags.overlaid(with: use.session.tags) : tags
    }

    /// What follows of it for a key of the role itself (semantics 3.2).
    func value(of entry: KeyTable.Entry) -> KeyValue {
        switch entry.derived {
        case .principalARN: .single(account.account.roles[number].arn.description)
        case .userID: .single(KeyDerivation.userID(role.uniqueID, use.session.name))
        case .some: .absent
        case nil: .single(tags.value(of: entry.key, in: KeyDerivation.principalTag))
        }
    }
}

/// What statements read of a caller while a request was decided.
struct CallerReads: BitwiseCopyable {
    /// Something of the user or role himself.
    var entity = false
    /// Something of his account.
    var account = false
}
