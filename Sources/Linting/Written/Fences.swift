import JSONSource
import PolicyLanguage

// Denies that keep out everybody but those they name.

extension WrittenCondition {
    /// Whether the condition of a Deny holds for callers whom it does not name.
    fileprivate var holdsForStrangers: Bool {
        switch canonicalKey {
        // What services do is let in beside those who are named.
        case "aws:principalisawsservice", "aws:viaawsservice":
            asksFor(base?.isNegated == true ? "true" : "false")
        case "aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths":
            base?.isNegated == false
        case let key where key.hasPrefix("aws:resourcetag/"): isOpenNegation
        default: isOpenNegation && (isAboutWho || isAboutNetwork)
        }
    }
}

extension WrittenStatement {
    /// Whether the Deny holds for everybody whom it does not name.
    var fencesStrangersOff: Bool {
        guard isDeny, let principals, conditions.allSatisfy(\.holdsForStrangers) else {
            return false
        }
        if principals.isNegated { return true }
        return principals.everyone != nil
            && (conditions.isEmpty || conditions.contains { $0.isAboutWho && $0.isOpenNegation })
    }

    fileprivate var sparesServices: Bool {
        !conditions(on: "aws:PrincipalIsAWSService").isEmpty
    }

    /// Whether the statement takes in all objects of a bucket.
    func coversObjects(of bucket: String) -> Bool {
        guard let resources else { return true }
        let objects = Glob(bucket + "/*")
        let entries = zip(resources.entries, resources.globs).filter { !$0.0.hasVariable }.map(\.1)
        return resources.isNegated
            ? entries.count == resources.entries.count && !entries.contains { $0.meets(objects) }
            : entries.contains { $0.covers(objects) }
    }
}

extension WrittenPolicy {
    /// Whether a grant to everybody is in effect one to some, because the statement says so or
    /// another one denies it to all others.
    func limitsWho(_ grant: WrittenStatement) -> Bool {
        if grant.limitsWho || grant.isForServices && deniesOtherSources { return true }
        return statements.contains {
            $0.fencesStrangersOff && $0.coversActions(of: grant) && $0.coversResources(of: grant)
                && !(grant.isForServices && $0.sparesServices)
        }
    }

    /// Whether a statement denies services that come from elsewhere.
    var deniesOtherSources: Bool {
        statements.contains { statement in
            statement.isDeny && statement.principals != nil
                && statement.conditions.contains {
                    $0.canonicalKey.hasPrefix("aws:source") && $0.canonicalKey != "aws:sourceip"
                        && !$0.isAboutEndpoint && $0.base?.isNegated == true
                }
        }
    }
}
