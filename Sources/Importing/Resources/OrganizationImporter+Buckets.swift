import JSONSource
import PolicyLanguage

// S3 (Amazon S3 API Reference: ListBuckets, GetBucketPolicy, GetBucketLocation,
// GetPublicAccessBlock, GetBucketTagging).
extension OrganizationImporter {
    mutating func addBuckets(of account: String, to inventory: inout ResourceInventory) {
        let folder = "accounts/\(account)/s3"
        var names: [SourceString] = []
        for bucket in reader.list("\(folder)/list-buckets.json", "Buckets") {
            if let name = bucket.name("Name") { names.append(name) }
        }
        let listed = Set(names.map(\.text))
        for name in reader.folders(in: folder) where !listed.contains(name) {
            let files = reader.names(in: "\(folder)/\(name)")
            let answers = files.lazy.map { "\(folder)/\(name)/\($0)" }
            for path in answers {
                guard let answer = reader.answer(path) else { continue }
                names.append(SourceString(name, at: answer.span))
                break
            }
        }
        for name in names {
            let bucket = "\(folder)/\(name.text)"
            let path = "\(bucket)/get-bucket-policy.json"
            let policy = reader.document(path, "Policy", at: name.span)
            let tagging = "\(bucket)/get-bucket-tagging.json"
            let unknownTags = reader.gap(list: tagging, "TagSet", at: name.span, Self.unknownTags)
            let answer = unknownTags == nil ? reader.answer(tagging) : nil
            let tags = unknownTags ?? reader.tags(answer?["TagSet"] ?? answer?.asList)
            let block = blockPublicAccess("\(bucket)/get-public-access-block.json", at: name)
            reportACL("\(bucket)/get-bucket-acl.json")
            let region = region("\(bucket)/get-bucket-location.json")
            inventory.update(name.renamed("arn:\(partition):s3:::\(name.text)")) { draft in
                draft.add("policy", policy)
                draft.add("tags", tags)
                draft.add("blockPublicAccess", block)
                draft.add("region", region)
            }
        }
    }

    /// What follows where nobody could read the tags of a resource.
    static let unknownTags = "verdicts may hang on the tags of such resources"

    /// The switches of an account; tools that do not ask for them leave them unknown.
    mutating func blockPublicAccess(
        ofAccount path: String,
        at name: SourceString
    ) -> JSONValue? {
        if case .calls = extent { return blockPublicAccess(path, at: name) }
        let reason = "nothing tells the Block Public Access of the account"
        return MissingPolicy.value(reason, at: name.span)
    }

    /// The four switches of Block Public Access, of a bucket or an account.
    private mutating func blockPublicAccess(_ path: String, at name: SourceString) -> JSONValue? {
        let consequence = "verdicts on public buckets may hang on it"
        if let gap = reader.gap(path, at: name.span, consequence) { return gap }
        guard let found = reader.object(path, "PublicAccessBlockConfiguration") else { return nil }
        var block = ObjectDraft(at: found.span)
        let flags = [
            "BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets",
        ]
        for flag in flags {
            block.add(flag.prefix(1).lowercased() + flag.dropFirst(), found.present(flag))
        }
        return block.value
    }

    /// The Region of a bucket: us-east-1 is written as null and eu-west-1 was once called EU.
    private mutating func region(_ path: String) -> JSONValue? {
        guard let location = reader.answer(path)?["LocationConstraint"] else { return nil }
        if location.isNull { return JSONValue(.string("us-east-1"), at: location.span) }
        guard let region = location.string else { return nil }
        return region == "EU" ? JSONValue(.string("eu-west-1"), at: location.span) : location
    }
}
