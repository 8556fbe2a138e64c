package import JSONSource

/// An organization cut into files: its tree, one file an account, one a control policy, one for
/// Identity Center, and one for each document that several places hold alike.
///
/// The files say together what the one value said; which they are and what stands in them hangs
/// on what it said alone, so that a change of the organization is a small change of them.
package struct OrganizationFiles: Sendable {
    package struct File: Sendable, Hashable {
        /// As seen from the organization's folder.
        package let path: String
        package let text: [UInt8]

        package init(path: String, text: [UInt8]) {
            self.path = path
            self.text = text
        }
    }

    /// Sorted by path.
    package private(set) var files: [File] = []
    private var accountNames = FileNames([:])
    private var shared = SharedDocuments()

    /// The file that leads to all others.
    package static let main = "organization.json"

    package init(_ organization: JSONValue) {
        let organization = StableOrder.sorted(organization)
        var names: [String: String] = [:]
        Self.visitAccounts(organization) { member in
            names[Self.key(member)] = member.key
            Self.visitDocuments(member.value) { shared.note($0, $1, named: $2) }
        }
        accountNames = FileNames(names)
        shared.finish()
        let main = cut(organization)
        add(Self.main, main)
        for file in shared.files { add(file.path, file.value) }
        files.sort { $0.path < $1.path }
    }

    private mutating func add(_ path: String, _ value: JSONValue) {
        files.append(File(path: path, text: JSONLayout.text(of: value)))
    }

    /// Accounts of one name are told apart by their ids.
    private static func key(_ account: JSONMember) -> String {
        account.key + " " + (account.value["id"]?.string ?? "")
    }
}

// Putting references where values were.
extension OrganizationFiles {
    private mutating func cut(_ organization: JSONValue) -> JSONValue {
        organization.mapMembers { member in
            switch member.key {
            case "serviceControlPolicies": cutPolicies(member.value, into: "policies/scp")
            case "resourceControlPolicies": cutPolicies(member.value, into: "policies/rcp")
            case "awsManagedPolicies": cutPolicies(member.value, into: "policies/aws")
            case "root": cutPlace(member.value)
            case "externalAccounts": cutAccounts(member.value)
            case "identityCenter": moved(member.value, to: "identity-center.json")
            default: member.value
            }
        }
    }

    private mutating func moved(_ value: JSONValue, to path: String) -> JSONValue {
        add(path, value)
        return Self.reference(path, at: value.span)
    }

    private static func reference(_ path: String, at span: SourceSpan) -> JSONValue {
        let path = JSONValue(.string(path), at: span)
        return JSONValue(.object([JSONMember(key: "$ref", keySpan: span, value: path)]), at: span)
    }

    private mutating func cutPolicies(_ policies: JSONValue, into folder: String) -> JSONValue {
        let keys = (policies.members ?? []).map(\.key)
        // An ARN ends with the name.
        let names = FileNames(
            Dictionary(
                keys.map { ($0, $0.split(separator: "/").last.map(String.init) ?? $0) },
                uniquingKeysWith: { first, _ in first }
            )
        )
        return policies.mapMembers { moved($0.value, to: "\(folder)/\(names[$0.key]).json") }
    }

    private mutating func cutPlace(_ place: JSONValue) -> JSONValue {
        place.mapMembers { member in
            switch member.key {
            case "accounts": cutAccounts(member.value)
            case "organizationalUnits": member.value.mapMembers { cutPlace($0.value) }
            default: member.value
            }
        }
    }

    private mutating func cutAccounts(_ accounts: JSONValue) -> JSONValue {
        accounts.mapMembers { account in
            let path = "accounts/\(accountNames[Self.key(account)]).json"
            return moved(
                account.value.mapDocuments { document, kind, _ in
                    shared.path(of: document, kind).map {
                        Self.reference("../\($0)", at: document.span)
                    } ?? document
                },
                to: path
            )
        }
    }

    private static func visitAccounts(_ organization: JSONValue, _ visit: (JSONMember) -> Void) {
        func visitPlace(_ place: JSONValue?) {
            place?["accounts"]?.members?.forEach(visit)
            place?["organizationalUnits"]?.members?.forEach { visitPlace($0.value) }
        }
        visitPlace(organization["root"])
        organization["externalAccounts"]?.members?.forEach(visit)
    }

    private static func visitDocuments(
        _ account: JSONValue,
        _ visit: (JSONValue, SharedDocuments.Kind, String) -> Void
    ) {
        _ = account.mapDocuments { document, kind, name in
            visit(document, kind, name)
            return document
        }
    }
}

extension JSONValue {
    /// An object with its values replaced.
    fileprivate func mapMembers(_ change: (JSONMember) -> JSONValue) -> JSONValue {
        guard let members else { return self }
        return JSONValue(
            .object(members.map { $0.replacing(change($0)) }),
            at: span,
            origin: origin
        )
    }

    /// An account with its policy documents replaced; each comes with the name it stands under.
    fileprivate func mapDocuments(
        _ change: (JSONValue, SharedDocuments.Kind, String) -> JSONValue
    ) -> JSONValue {
        func entity(_ entity: JSONMember) -> JSONValue {
            entity.value.mapMembers { part in
                switch part.key {
                case "document": change(part.value, .managed, entity.key)
                case "trustPolicy": change(part.value, .trust, entity.key)
                case "inlinePolicies": part.value.mapMembers { change($0.value, .inline, $0.key) }
                case "policy":
                    // A resource goes by the last part of its ARN.
                    change(
                        part.value,
                        .resource,
                        entity.key.split { $0 == ":" || $0 == "/" }.last.map(String.init) ?? ""
                    )
                default: part.value
                }
            }
        }
        return mapMembers { member in
            switch member.key {
            case "resources": return member.value.mapMembers(entity)
            case "iam":
                let lists = ["managedPolicies", "users", "groups", "roles"]
                return member.value.mapMembers { list in
                    lists.contains(list.key) ? list.value.mapMembers(entity) : list.value
                }
            default: return member.value
            }
        }
    }
}
