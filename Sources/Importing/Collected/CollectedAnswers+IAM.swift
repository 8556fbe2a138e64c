import JSONSource

// Users, groups, roles and policies: `accounts/ID/iam/{user,group,role,policy}/NAME/…`; a name has
// its path in front, slashes written as `%2f`.
extension CollectedAnswers {
    mutating func readIAM(of account: String) {
        let folder = "accounts/\(account)/iam"
        guard !store.names(in: folder).isEmpty else { return }
        var lists: [(kind: EntityKind, entities: [JSONValue])] = []
        for kind in EntityKind.allCases {
            var listed: [JSONValue] = []
            for place in kind.folders.flatMap({ store.things(below: "\(folder)/\($0)") }) {
                guard let metadata = store.value("\(place)/metadata.json") else {
                    let path = store.base + place
                    let message = "'\(path)' has no metadata, so it is left out"
                    store.warn("export.left-out", message, at: .nowhere)
                    continue
                }
                listed.append(entity(metadata, kind, place, of: account))
            }
            lists.append((kind, listed))
        }
        guard let span = lists.lazy.compactMap(\.entities.first?.span).first else { return }
        var details = ObjectDraft(at: span)
        for (kind, entities) in lists {
            details.add(kind.list, JSONValue(.array(entities), at: entities.first?.span ?? span))
        }
        answer(
            "accounts/\(account)/iam/get-account-authorization-details.json",
            with: details.value
        )
    }

    private enum EntityKind: CaseIterable {
        case policy
        case user
        case group
        case role

        /// The folders of its things; policies of AWS have one of their own.
        var folders: [String] {
            switch self {
            case .policy: ["policy", "aws/policy"]
            case .user: ["user"]
            case .group: ["group"]
            case .role: ["role"]
            }
        }

        /// The member of `GetAccountAuthorizationDetails`.
        var list: String { self == .policy ? "Policies" : "\(word)DetailList" }

        /// The word that names of members begin with.
        var word: String {
            switch self {
            case .policy: "Policy"
            case .user: "User"
            case .group: "Group"
            case .role: "Role"
            }
        }
    }

    private mutating func entity(
        _ metadata: JSONValue,
        _ kind: EntityKind,
        _ place: String,
        of account: String
    ) -> JSONValue {
        var draft = ObjectDraft(at: metadata.span)
        draft.add("Path", metadata.present("path"))
        draft.add("\(kind.word)Name", metadata.name("name")?.value)
        draft.add("Arn", metadata.name("arn")?.value)
        draft.add("\(kind.word)Id", metadata.name("id")?.value)
        draft.addFilled("Tags", tags("\(place)/tags.json"))
        if kind == .policy {
            addDocument(metadata, place, to: &draft)
            return draft.value
        }
        draft.add("AssumeRolePolicyDocument", store.value("\(place)/trust-policy.json"))
        draft.add("\(kind.word)PolicyList", store.value("\(place)/inline-policies.json"))
        let attached = objects("\(place)/managed-policies.json", "PolicyArn")
        draft.add("AttachedManagedPolicies", attached)
        if let boundary = metadata.name("permissionBoundary")
            ?? metadata.name("permissionsBoundary")
        {
            var object = ObjectDraft(at: boundary.span)
            object.add("PermissionsBoundaryArn", boundary.value)
            draft.add("PermissionsBoundary", object.value)
        }
        if let groups = store.value("\(place)/groups.json") {
            let names = (groups.elements ?? []).compactMap { value in
                value.string.map { SourceString($0, at: value.span).lastPart }
            }
            draft.add("GroupList", names.list(at: groups.span))
        }
        if kind == .role { draft.add("InstanceProfileList", profiles(metadata, place)) }
        return draft.value
    }

    private mutating func addDocument(
        _ metadata: JSONValue,
        _ place: String,
        to draft: inout ObjectDraft
    ) {
        draft.add("DefaultVersionId", metadata.name("defaultVersionId")?.value)
        guard let document = store.value("\(place)/current-policy.json") else { return }
        var version = ObjectDraft(at: document.span)
        version.add("VersionId", metadata.name("defaultVersionId")?.value)
        version.add("Document", document)
        draft.add("PolicyVersionList", JSONValue(.array([version.value]), at: document.span))
    }

    /// A list of ARNs as a list of objects that each hold one.
    private mutating func objects(_ path: String, _ key: String) -> JSONValue? {
        store.value(path).map { list in
            let objects = (list.elements ?? []).map { arn in
                var object = ObjectDraft(at: arn.span)
                object.add(key, arn)
                return object.value
            }
            return JSONValue(.array(objects), at: list.span)
        }
    }

    /// Instance profiles, listed by ARN or as AWS prints them.
    private mutating func profiles(_ metadata: JSONValue, _ place: String) -> JSONValue? {
        store.value("\(place)/instance-profiles.json").map { list in
            let profiles = (list.elements ?? []).map { profile in
                guard let arn = profile.string else { return profile }
                var object = ObjectDraft(at: profile.span)
                let name = SourceString(arn, at: profile.span).lastPart
                object.add("InstanceProfileName", name.value)
                var role = ObjectDraft(at: profile.span)
                role.add("RoleName", metadata.name("name")?.value)
                object.add("Roles", JSONValue(.array([role.value]), at: profile.span))
                return object.value
            }
            return JSONValue(.array(profiles), at: list.span)
        }
    }
}
