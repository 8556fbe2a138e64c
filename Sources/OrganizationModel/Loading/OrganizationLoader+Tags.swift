import JSONSource
import PolicyLanguage
import ServiceCatalog

/// What the tags of an entity may be, besides their number and length.
enum TagRules {
    /// Services differ: what one of them takes is not known here.
    case anyService
    /// Letters, digits, spaces and `_.:/=+-@`.
    case iam
    /// The same, and keys that differ by case only are one key.
    case iamPrincipal
}

extension OrganizationLoader {
    /// Tags as an object of strings.
    ///
    /// Source: IAM User Guide, "Tags for IAM resources"; IAM API Reference, "Tag" (STS-11).
    mutating func tags(_ object: ObjectReader, _ rules: TagRules = .anyService) -> Tags {
        let members = object.entries("tags", &diagnostics)
        // What AWS tags itself does not count.
        let count = members.count { !$0.key.lowercased().hasPrefix("aws:") }
        if count > Quotas.tags, let span = object.value["tags"]?.span {
            refuse("quota.tags", "there are \(count) tags, AWS allows \(Quotas.tags)", at: span)
        }
        for member in members {
            let keyLength = member.key.unicodeScalars.count
            if !(1...Quotas.tagKeyCharacters).contains(keyLength) {
                let message = "the key of a tag has 1 to \(Quotas.tagKeyCharacters) characters"
                refuse("quota.tag-length", message, at: member.keySpan)
            }
            if (member.value.string?.unicodeScalars.count ?? 0) > Quotas.tagValueCharacters {
                let message =
                    "the value of a tag has at most \(Quotas.tagValueCharacters) characters"
                refuse("quota.tag-length", message, at: member.value.span)
            }
        }
        if rules != .anyService { checkCharacters(ofTags: members) }
        if rules == .iamPrincipal { checkUniqueKeys(ofTags: members) }
        return Tags(
            members.compactMap { member in
                guard let text = SourceString(member.value, "a tag's value", &diagnostics) else {
                    return nil
                }
                return Tags.Tag(key: member.key, value: text.text)
            }
        )
    }

    private mutating func checkCharacters(ofTags members: [JSONMember]) {
        for member in members {
            let texts = [
                (member.key, member.keySpan), (member.value.string ?? "", member.value.span),
            ]
            for (text, span) in texts {
                guard let stray = text.unicodeScalars.first(where: { !$0.isInTagsOfIAM }) else {
                    continue
                }
                let message =
                    "a tag in IAM has letters, digits, spaces and _.:/=+-@, not '\(stray)'"
                diagnostics.append(.warning("iam.tag-character", message, at: span))
            }
        }
    }

    private mutating func checkUniqueKeys(ofTags members: [JSONMember]) {
        var first: [String: JSONMember] = [:]
        for member in members {
            let canonical = member.key.lowercased()
            // A key that stands twice was reported when the file was read.
            guard let earlier = first[canonical], earlier.key != member.key else {
                first[canonical] = member
                continue
            }
            let message =
                "the tag key '\(member.key)' is taken: keys of users and roles ignore case"
            let problem = Diagnostic.error("iam.duplicate-tag", message, at: member.keySpan)
            diagnostics.append(problem.noting("by '\(earlier.key)'", at: earlier.keySpan))
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isInTagsOfIAM: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .spaceSeparator, .lineSeparator, .paragraphSeparator, .decimalNumber, .letterNumber,
            .otherNumber:
            true
        default: "_.:/=+-@".unicodeScalars.contains(self)
        }
    }
}
