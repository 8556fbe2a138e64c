import JSONSource
import PolicyLanguage
import ServiceCatalog

// Operations whose parameters decide which actions they need.
extension EventDraft {
    /// The actions of a call with such parameters, the main one first.
    func variants(of actions: [ActionName]) -> [ActionName] {
        guard let main = actions.first, !isServiceCall else { return actions }
        var result = actions
        if parameter("versionId") != nil, let other = Self.ofVersions[main.canonical] {
            result[0] = ActionName(other) ?? main
        }
        let source = parameter("x-amz-copy-source")?.string
        if source?.contains("?versionId=") == true,
            let place = result.firstIndex(where: { $0.canonical == "s3:getobject" }),
            let version = ActionName("s3:GetObjectVersion")
        {
            result[place] = version
        }
        for (name, further) in Self.further[main.canonical] ?? []
        where parameters.contains(where: { $0.key.hasPrefix(name) && !$0.value.isNull }) {
            if let action = ActionName(further), !result.contains(action) { result.append(action) }
        }
        return result
    }

    /// Actions that stand for others where the call names a version of an object.
    ///
    /// Source: S3 User Guide, "Required permissions for Amazon S3 API operations", 2026-11.
    private static let ofVersions = [
        "s3:deleteobject": "s3:DeleteObjectVersion",
        "s3:deleteobjecttagging": "s3:DeleteObjectVersionTagging",
        "s3:getobject": "s3:GetObjectVersion",
        "s3:getobjectacl": "s3:GetObjectVersionAcl",
        "s3:getobjecttagging": "s3:GetObjectVersionTagging",
        "s3:putobjectacl": "s3:PutObjectVersionAcl",
        "s3:putobjecttagging": "s3:PutObjectVersionTagging",
    ]

    /// Actions that a parameter, or those that begin so, makes a call need besides.
    ///
    /// Source: the same page (PutObject), and IAM User Guide, "Tagging IAM resources" (permissions
    /// to create with tags), 2026-11. Services write with an ACL that the bucket's policy asks for.
    private static let further: [String: [(name: String, action: String)]] = [
        "iam:createinstanceprofile": [("tags", "iam:TagInstanceProfile")],
        "iam:createopenidconnectprovider": [("tags", "iam:TagOpenIDConnectProvider")],
        "iam:createpolicy": [("tags", "iam:TagPolicy")],
        "iam:createrole": [("tags", "iam:TagRole")],
        "iam:createsamlprovider": [("tags", "iam:TagSAMLProvider")],
        "iam:createuser": [("tags", "iam:TagUser")],
        "iam:createvirtualmfadevice": [("tags", "iam:TagMFADevice")],
        "s3:putobject": [
            ("x-amz-acl", "s3:PutObjectAcl"), ("x-amz-grant-", "s3:PutObjectAcl"),
            ("x-amz-tagging", "s3:PutObjectTagging"),
        ],
    ]

    /// What EC2 asks of a call that makes resources with tags.
    ///
    /// Source: EC2 User Guide, "Grant permission to tag Amazon EC2 resources during creation".
    func tagsOfNewResources() -> [RecordedEvent.Need] {
        guard action?.service == "ec2", action?.canonical != "ec2:createtags",
            let create = ActionName("ec2:CreateTags"), let account = callerAccount,
            let items = parameter("tagSpecificationSet")?["items"]?.elements
        else { return [] }
        return items.compactMap { $0["resourceType"]?.string }.unique.map { type in
            let owner = ["image", "snapshot"].contains(type) ? "" : account
            return RecordedEvent.Need(
                create,
                .named("arn:\(partition):ec2:\(region):\(owner):\(type)/*")
            )
        }
    }
}
