import JSONSource
import OrganizationModel
import PolicyLanguage

// Resources whose policies AWS prints in a way of their own.
extension OrganizationImporter {
    /// Grants of KMS keys (KMS API Reference, "ListGrants").
    mutating func addGrants(in place: ResourcePlace, to inventory: inout ResourceInventory) {
        let folder = "\(place.folder)/kms"
        let listed = reader.list("\(folder)/list-keys.json", "Keys").compactMap { $0.name("KeyId") }
        let unlisted = Set(reader.folders(in: folder)).subtracting(listed.map(\.text)).sorted()
        let keys =
            listed + unlisted.map { SourceString($0, at: reader.span(of: "\(folder)/\($0)")) }
        for name in keys {
            let key = name.text
            let path = "\(folder)/\(key)/list-grants.json"
            addUnknownTags(of: name, in: place, to: &inventory)
            let consequence = "verdicts may hang on the grants of such keys"
            if let gap = reader.gap(list: path, "Grants", at: name.span, consequence) {
                let arn = SourceString(place.arn("kms", "key/\(key)"), at: gap.span)
                inventory.update(arn) { $0.add("grants", gap) }
                continue
            }
            guard let answer = reader.answer(path) else { continue }
            let listed = reader.elements(of: answer, "Grants")
            if let odd = listed.first(where: { !Self.isPlain($0) }) {
                // Without its constraint a grant would let in more.
                let message = "this grant is not like any that is known, so verdicts may hang on it"
                reader.warn("export.shape", message, at: odd.span)
                let reason = "\(path): a grant is not like any that is known"
                let arn = SourceString(place.arn("kms", "key/\(key)"), at: odd.span)
                inventory.update(arn) {
                    $0.add("grants", MissingPolicy.value(reason, at: odd.span))
                }
                continue
            }
            let grants = listed.compactMap { grant($0) }
            let arn = SourceString(place.arn("kms", "key/\(key)"), at: answer.span)
            inventory.update(arn) {
                $0.addFilled("grants", JSONValue(.array(grants), at: answer.span))
            }
        }
    }

    /// Says of a key whose tags no call told that they are not known.
    private mutating func addUnknownTags(
        of key: SourceString,
        in place: ResourcePlace,
        to inventory: inout ResourceInventory
    ) {
        let path = "\(place.folder)/kms/\(key.text)/list-resource-tags.json"
        guard let gap = reader.gap(list: path, "Tags", at: key.span, Self.unknownTags) else {
            return
        }
        let arn = SourceString(place.arn("kms", "key/\(key.text)"), at: gap.span)
        inventory.update(arn) { $0.add("tags", gap) }
    }

    /// Whether everything that limits a grant has a place in the file.
    private static func isPlain(_ grant: JSONValue) -> Bool {
        if grant.members?.isEmpty == true { return true }
        let known = ["EncryptionContextEquals", "EncryptionContextSubset", "SourceArn"]
        let constraints = grant.present("Constraints")
        let isLimited = constraints?.members?.allSatisfy { known.contains($0.key) }
        let operations = grant.present("Operations")?.elements ?? []
        return grant.isObject && (constraints == nil || isLimited == true) && !operations.isEmpty
            && operations.allSatisfy { ObjectFormat.grantOperations.contains($0.string ?? "") }
    }

    private mutating func grant(_ listed: JSONValue) -> JSONValue? {
        guard let grantee = grantee(listed) else { return nil }
        var grant = ObjectDraft(at: listed.span)
        grant.add("name", listed.name("Name")?.value)
        grant.add(grantee.field, grantee.name.value)
        grant.add("operations", listed.present("Operations"))
        grant.add("retiringPrincipal", listed.name("RetiringPrincipal")?.value)
        if let listed = listed.present("Constraints") {
            var constraints = ObjectDraft(at: listed.span)
            constraints.add("encryptionContextEquals", listed.present("EncryptionContextEquals"))
            constraints.add("encryptionContextSubset", listed.present("EncryptionContextSubset"))
            constraints.add("sourceArn", listed.present("SourceArn"))
            let known = ["EncryptionContextEquals", "EncryptionContextSubset", "SourceArn"]
            if let other = listed.members?.first(where: { !known.contains($0.key) }) {
                // Without it the grant would hold for more than it does.
                let message =
                    "the constraint '\(other.key)' is not modelled, so the grant is left out"
                reader.warn("export.left-out", message, at: other.keySpan)
                return nil
            }
            grant.addFilled("constraints", constraints.value)
        }
        return grant.value
    }

    /// Who holds a grant, and the field for it: services stand among the principals, too.
    private mutating func grantee(
        _ listed: JSONValue
    ) -> (field: String, name: SourceString)? {
        if let name = listed.name("GranteePrincipal"),
            name.text.hasPrefix("arn:") || AccountID(name.text) != nil
        {
            return ("granteePrincipal", name)
        }
        let other = listed.name("GranteeServicePrincipal") ?? listed.name("GranteePrincipal")
        let isService = other?.text.hasSuffix(".amazonaws.com") == true
        if let other, isService, listed.member(["Constraints", "SourceArn"]) != nil {
            return ("granteeServicePrincipal", other)
        }
        let why =
            isService
            ? "nothing says for which resource the service holds it"
            : "its holder does not exist any more"
        reader.warn(
            "export.left-out",
            "the grant is left out: \(why)",
            at: other?.span ?? listed.span
        )
        return nil
    }

    /// VPC endpoints (EC2 API Reference, "DescribeVpcEndpoints").
    mutating func addEndpoints(in place: ResourcePlace, to inventory: inout ResourceInventory) {
        let path = "\(place.folder)/ec2/describe-vpc-endpoints.json"
        for endpoint in reader.list(path, "VpcEndpoints") {
            guard let id = endpoint.name("VpcEndpointId") else { continue }
            let policy = reader.document(endpoint["PolicyDocument"])
            let tags = reader.tags(endpoint["Tags"])
            inventory.update(id.renamed(place.arn("ec2", "vpc-endpoint/\(id.text)"))) { draft in
                draft.add("policy", policy)
                draft.add("vpc", endpoint.name("VpcId")?.value)
                draft.add("vpcEndpointType", endpoint.name("VpcEndpointType")?.value)
                draft.add("tags", tags)
            }
        }
    }

    /// Resource policies of CloudWatch Logs, which hold for all log groups of a Region together
    /// or for one (CloudWatch Logs API Reference, "DescribeResourcePolicies").
    mutating func addLogPolicies(in place: ResourcePlace, to inventory: inout ResourceInventory) {
        let path = "\(place.folder)/logs/describe-resource-policies.json"
        var policies: [String: [(name: String, document: JSONValue)]] = [:]
        var places: [String: SourceString] = [:]
        for policy in reader.list(path, "resourcePolicies") {
            let document = reader.knownDocument(policy["policyDocument"], of: policy)
            let arn =
                policy.name("resourceArn")
                ?? SourceString(place.arn("logs", "log-group"), at: document.span)
            places[arn.text] = places[arn.text] ?? arn
            policies[arn.text, default: []]
                .append((policy.name("policyName")?.text ?? "", document))
        }
        let consequence = "what policies such resources have is unknown"
        let span = reader.span(of: place.folder)
        let gap = reader.gap(list: path, "resourcePolicies", at: span, consequence)
        // Without any answer all log groups are resources that are not listed.
        if let gap, reader.files.contains(path) {
            let all = SourceString(place.arn("logs", "log-group"), at: gap.span)
            places[all.text] = places[all.text] ?? all
        }
        for (_, arn) in places.sorted(by: { $0.key < $1.key }) {
            // AWS lists them in no order.
            let documents = (policies[arn.text] ?? []).sorted { $0.name < $1.name }.map(\.document)
            // With one of them unknown, or on another page, nothing is known of all together.
            let missing = gap ?? documents.first { MissingPolicy.reason($0) != nil }
            let policy = missing ?? (documents.count == 1 ? documents[0] : joined(documents))
            inventory.update(arn) { $0.add("policy", policy) }
        }
    }

    /// One document with the statements of several; the other members are those of the first.
    func joined(_ documents: [JSONValue]) -> JSONValue {
        let first = documents[0]
        // Under another version the same words mean something else.
        let versions = Set(documents.map { $0["Version"]?.string ?? "" })
        if versions.count > 1 {
            let reason = "policies of different versions hold together"
            return MissingPolicy.value(reason, at: first.span)
        }
        let statements = documents.compactMap { $0["Statement"] }.flatMap { $0.elements ?? [$0] }
        var joined = ObjectDraft(at: first.span)
        for member in first.members ?? [] where member.key != "Statement" {
            joined.add(member.key, member.value, namedAt: member.keySpan)
        }
        joined.add("Statement", JSONValue(.array(statements), at: first.span))
        return joined.value
    }

    /// The policy of a Data Catalog, which speaks for everything in it (AWS Glue Developer Guide,
    /// "Specifying AWS Glue resource ARNs").
    mutating func addCatalogPolicy(
        in place: ResourcePlace,
        to inventory: inout ResourceInventory
    ) {
        let path = "\(place.folder)/glue/get-resource-policy.json"
        guard let answer = reader.answer(path) else { return }
        let document = reader.knownDocument(answer.present("PolicyInJson"), of: answer)
        for part in ["catalog", "connection", "database", "table", "userDefinedFunction"] {
            let arn = SourceString(place.arn("glue", part), at: document.span)
            inventory.update(arn) { $0.add("policy", document) }
        }
    }
}
