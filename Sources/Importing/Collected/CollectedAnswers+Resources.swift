import JSONSource
import PolicyLanguage
import ServiceCatalog

// Everything else: `accounts/ID/SERVICE/[REGION/][TYPE/]NAME/{metadata,policy,…}.json`.
extension CollectedAnswers {
    mutating func readResources(of account: String) {
        for service in store.names(in: "accounts/\(account)") where !service.hasSuffix(".json") {
            if service == "iam" { continue }
            places.services.append(service)
            let inside = store.names(in: "accounts/\(account)/\(service)")
            places.regions += inside.filter(Regions.known.contains)
            let things = store.things(below: "accounts/\(account)/\(service)")
            if service == "sso" {
                if let place = things.first {
                    leaveOut("Identity Center", at: place, why: noPeople)
                }
                continue
            }
            for place in things {
                if service == "s3", addBucket(place, of: account) { continue }
                addResource(place, of: account)
            }
        }
    }

    private var noPeople: String {
        "iam-collect keeps no assignments; its roles in the accounts are taken as roles of IAM"
    }

    private mutating func leaveOut(_ what: String, at place: String, why: String) {
        let file = store.names(in: place).first { $0.hasSuffix(".json") } ?? ""
        let span = store.value("\(place)/\(file)")?.span ?? .nowhere
        store.warn("export.left-out", "\(what) is left out: \(why)", at: span)
    }

    /// False for what is no bucket.
    private mutating func addBucket(_ place: String, of account: String) -> Bool {
        guard let metadata = store.value("\(place)/metadata.json"), let arn = metadata.name("arn"),
            let name = metadata.name("name"), arn.text == "arn:aws:s3:::\(name.text)"
        else { return false }
        let folder = "accounts/\(account)/s3/\(name.text)"
        var location = ObjectDraft(at: metadata.span)
        location.add("LocationConstraint", metadata.name("region")?.value)
        answer("\(folder)/get-bucket-location.json", with: location.value)
        if let policy = store.value("\(place)/policy.json") {
            answer("\(folder)/get-bucket-policy.json", "Policy", policy)
        }
        if let tags = tags("\(place)/tags.json") {
            answer("\(folder)/get-bucket-tagging.json", "TagSet", tags)
        }
        if let block = store.value("\(place)/bpa.json") {
            let member = "PublicAccessBlockConfiguration"
            answer("\(folder)/get-public-access-block.json", member, block)
        }
        reportUnread(place, besides: ["encryption.json", "bpa.json"])
        return true
    }

    private mutating func addResource(_ place: String, of account: String) {
        guard let metadata = store.value("\(place)/metadata.json"), let arn = metadata.name("arn"),
            ARN(arn.text) != nil
        else {
            return leaveOut("'\(place)'", at: place, why: "no metadata tells its ARN")
        }
        var resource = StoredResource(arn: arn)
        let policy = store.value("\(place)/policy.json")
        resource.policy = policy ?? store.value("\(place)/endpoint-policy.json")
        resource.tags = tags("\(place)/tags.json")
        if ARN(arn.text)?.isVPCEndpoint == true {
            resource.vpc = metadata.name("vpc")?.lastPart
            resource.endpointType = metadata.name("type")?.value
        }
        resources[account, default: []].append(resource)
        reportUnread(place, besides: [])
    }

    /// A policy in a file of another name would be lost without a word.
    private mutating func reportUnread(_ place: String, besides known: [String]) {
        let read = ["metadata.json", "policy.json", "endpoint-policy.json", "tags.json"]
        for name in store.names(in: place) where name.hasSuffix(".json") {
            guard !read.contains(name), !known.contains(name), name.contains("polic"),
                let value = store.value("\(place)/\(name)")
            else { continue }
            let message = "what '\(name)' is for is not known, so it is left out"
            store.warn("export.left-out", message, at: value.span)
        }
    }
}
