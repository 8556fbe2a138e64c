import JSONSource
import PolicyLanguage
import ServiceCatalog

/// How AWS spells the ids of an organization and of what is in it.
///
/// Source: Organizations API Reference, "Organization", "Root", "OrganizationalUnit".
enum OrganizationIdentifiers {
    /// `o-` and 10 to 32 lower-case letters or digits.
    static func isOrganization(_ text: String) -> Bool {
        text.hasPrefix("o-") && isWord(text.dropFirst(2), 10...32)
    }

    /// `r-` and 4 to 32 lower-case letters or digits.
    static func isRoot(_ text: String) -> Bool {
        text.hasPrefix("r-") && isWord(text.dropFirst(2), 4...32)
    }

    /// `ou-`, what follows `r-` in the root's id, `-` and 8 to 32 lower-case letters or digits.
    static func isUnit(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0] == "ou" && isWord(parts[1], 4...32)
            && isWord(parts[2], 8...32)
    }

    private static func isWord(_ text: Substring, _ length: ClosedRange<Int>) -> Bool {
        length.contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }
}

/// What exists once, and where it was met first.
struct UniqueThing: Hashable {
    enum Kind: Hashable {
        case accessKey
        case accountAlias
        case mfaDevice
        case unit
        case resource
    }

    let kind: Kind
    let name: String

    /// What is wrong when it stands somewhere else as well.
    var problem: (code: String, message: String) {
        switch kind {
        case .accessKey:
            ("iam.duplicate-access-key", "the access key '\(name)' belongs to somebody already")
        case .accountAlias:
            (
                "iam.duplicate-alias",
                "the account alias '\(name)' is taken: an alias belongs to one account"
            )
        case .mfaDevice:
            ("iam.duplicate-mfa-device", "the MFA device '\(name)' belongs to somebody already")
        case .unit: ("organization.duplicate-id", "the id '\(name)' is taken")
        case .resource: ("organization.duplicate-resource", "'\(name)' is listed twice")
        }
    }
}

extension OrganizationLoader {
    /// What an account says to have that exists once.
    struct Claim {
        let thing: UniqueThing
        let span: SourceSpan
    }

    /// Reports what stands elsewhere already, although there is one of it in AWS.
    mutating func claim(_ kind: UniqueThing.Kind, _ name: String, at span: SourceSpan) {
        let thing = UniqueThing(kind: kind, name: name)
        claims.append(Claim(thing: thing, span: span))
        if isTrial { return }
        guard let earlier = firstPlaces.updateValue(span, forKey: thing) else { return }
        firstPlaces[thing] = earlier
        let (code, message) = thing.problem
        if kind == .resource {
            let problem = Diagnostic.error(code, message, at: span)
            diagnostics.append(problem.noting("it is listed here first", at: earlier))
            return
        }
        // Two references to one file say twice what is written once.
        if earlier == span {
            refuse(code, message + ": several '$ref' lead to this one place", at: span)
            return
        }
        let problem = Diagnostic.error(code, message, at: span)
        diagnostics.append(problem.noting("it stands here first", at: earlier))
    }

    /// Warns of names that a list holds twice: AWS keeps each once.
    mutating func warnRepeated(_ names: [SourceString], in list: String) {
        diagnostics.warnRepeated("organization.listed-twice", names, in: list)
    }

    /// Reports more of something than one account or organization may have (ENT-1, SCP-12).
    mutating func checkCount(_ field: String, of object: ObjectReader, _ limit: Int) {
        guard let value = object.present(field), let count = value.members?.count, count > limit
        else { return }
        let message = "there are \(count) '\(field)' in \(object.owner), AWS allows \(limit)"
        refuse("quota.entities", message, at: value.span)
    }

    /// Warns of a text that is no service principal such as `sso.amazonaws.com`.
    mutating func warnServicePrincipal(_ name: SourceString) {
        ServicePrincipals.warning("organization.service-principal", of: name.text, at: name.span)
            .map { diagnostics.append($0) }
    }

    /// Warns of a Region that the list does not have, which may be older than the Region.
    mutating func warnUnknownRegion(_ region: String, at span: SourceSpan) {
        Regions.warning("organization.unknown-region", of: region, at: span)
            .map { diagnostics.append($0) }
    }
}

extension OrganizationLoader {
    /// The organization an account outside belongs to cannot be the one of the file.
    mutating func checkOrganization(of account: ObjectReader) {
        guard let id = account.string("organizationId", &diagnostics),
            let span = account.value["organizationId"]?.span
        else { return }
        if checkOrganizationID(id, at: span), id == organizationID {
            let message =
                "'\(id)' is the organization of this file, whose accounts stand under 'root'"
            refuse("organization.external-member", message, at: span)
        }
    }

    /// Reports what is not the id of an organization; says whether it is one.
    mutating func checkOrganizationID(_ id: String, at span: SourceSpan) -> Bool {
        if OrganizationIdentifiers.isOrganization(id) { return true }
        let message =
            "'\(id)' is not an organization id: expected o- and 10 to 32 lower-case letters or digits"
        refuse("organization.id", message, at: span)
        return false
    }
}
