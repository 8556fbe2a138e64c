import JSONSource
import PolicyLanguage
import ServiceCatalog

/// What the tags of an entity may be, besides their number and length.
enum TagRules: UInt8 {
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
        guard let found = object.value.value(of: "tags") else { return Tags() }
        if let plain = found.lentView.flatMap({ plainTags($0, rules) }) {
            return withExtendedLifetime(found) { plain }
        }
        let members = object.entries("tags", &diagnostics)
        if members.isEmpty { return Tags() }
        let keys = members.map(\.key)
        if members.count > Quotas.tags { checkCount(ofTags: keys, of: object) }
        var tags: [Tags.Tag] = []
        tags.reserveCapacity(members.count)
        var wrong: [JSONMember] = []
        for (member, key) in zip(members, keys) {
            if !key.hasCharacters(1...Quotas.tagKeyCharacters) {
                let message = "the key of a tag has 1 to \(Quotas.tagKeyCharacters) characters"
                refuse("quota.tag-length", message, at: member.keySpan)
            }
            guard let value = member.value.string else {
                wrong.append(member)
                continue
            }
            if !value.hasCharacters(0...Quotas.tagValueCharacters) {
                let message =
                    "the value of a tag has at most \(Quotas.tagValueCharacters) characters"
                refuse("quota.tag-length", message, at: member.value.span)
            }
            tags.append(Tags.Tag(key: key, value: value))
        }
        if rules != .anyService { checkCharacters(ofTags: members, keys) }
        if rules == .iamPrincipal, Self.mayHaveEqualKeys(keys) { checkUniqueKeys(ofTags: members) }
        for member in wrong { _ = SourceString(member.value, "a tag's value", &diagnostics) }
        return Tags(tags)
    }

    /// Tags of which there is nothing to say; nil for those that have to be read with care.
    mutating func plainTags(_ view: JSONView, _ rules: TagRules) -> Tags? {
        guard view.kind == .object else { return nil }
        let hash = ByteHash.of(view.written)
        if let known = knownTags.find(view.written, hash: hash, way: rules.rawValue) {
            return known
        }
        var tags: [Tags.Tag] = []
        for member in view.children {
            guard let key = member.plainKey, let value = member.plainText,
                (1...Quotas.tagKeyCharacters).contains(key.count),
                key.first != UInt8(ascii: "$"),
                value.count <= Quotas.tagValueCharacters,
                rules == .anyService
                    || key.allSatisfy(Self.isInTagsOfIAM)
                        && value.allSatisfy(Self.isInTagsOfIAM)
            else { return nil }
            tags.append(
                Tags.Tag(
                    key: String(decoding: key, as: UTF8.self),
                    value: String(decoding: value, as: UTF8.self)
                )
            )
        }
        guard tags.count <= Quotas.tags,
            rules != .iamPrincipal || !Self.mayHaveEqualKeys(tags.map(\.key))
        else { return nil }
        let read = Tags(tags)
        knownTags.add(read, of: view.writtenText(hash: hash), way: rules.rawValue)
        return read
    }

    private static func isInTagsOfIAM(_ byte: UInt8) -> Bool {
        Unicode.Scalar(byte).isInTagsOfIAM
    }

    /// What AWS tags itself does not count.
    private mutating func checkCount(ofTags keys: [String], of object: ObjectReader) {
        let count = keys.count { !$0.lowercased().hasPrefix("aws:") }
        if count > Quotas.tags, let span = object.value["tags"]?.span {
            refuse("quota.tags", "there are \(count) tags, AWS allows \(Quotas.tags)", at: span)
        }
    }

    private mutating func checkCharacters(ofTags members: [JSONMember], _ keys: [String]) {
        for (member, key) in zip(members, keys) {
            checkCharacters(ofTag: key, at: member.keySpan)
            if let value = member.value.string {
                checkCharacters(ofTag: value, at: member.value.span)
            }
        }
    }

    private mutating func checkCharacters(ofTag text: String, at span: SourceSpan) {
        guard let stray = text.unicodeScalars.first(where: { !$0.isInTagsOfIAM }) else { return }
        let message = "a tag in IAM has letters, digits, spaces and _.:/=+-@, not '\(stray)'"
        diagnostics.append(.warning("iam.tag-character", message, at: span))
    }

    /// Whether two keys of tags may differ by case only: in ASCII that is one bit of each letter.
    private static func mayHaveEqualKeys(_ keys: [String]) -> Bool {
        for (place, key) in keys.enumerated() {
            guard key.utf8.allSatisfy({ $0 < 0x80 }) else { return true }
            let isTaken = keys[..<place].contains {
                $0.utf8.elementsEqual(key.utf8) { $0 | 0x20 == $1 | 0x20 }
            }
            if isTaken { return true }
        }
        return false
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

extension String {
    /// Whether it has a number of characters, counted as AWS does.
    fileprivate func hasCharacters(_ range: ClosedRange<Int>) -> Bool {
        // There are no more of them than bytes; whatever is not empty has one.
        if utf8.count <= range.upperBound, range.lowerBound <= 1, !isEmpty { return true }
        return range.contains(unicodeScalars.count)
    }
}

extension Unicode.Scalar {
    fileprivate var isInTagsOfIAM: Bool {
        if isASCII {
            let byte = UInt8(truncatingIfNeeded: value)
            return ActionName.isNameByte(byte) || " _.:/=+-@".utf8.contains(byte)
        }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .spaceSeparator, .lineSeparator, .paragraphSeparator, .decimalNumber, .letterNumber,
            .otherNumber:
            true
        default: false
        }
    }
}
