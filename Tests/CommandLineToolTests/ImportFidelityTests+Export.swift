import JSONSource

// The export: an organization of two accounts with everything the script asks for.
extension ImportFidelityTests {
    static let center = "identity-center/ssoins-0123456789abcdef/permission-set/ps-1"

    /// Calls that AWS answered with "there is none".
    static let absences = [
        "organizations/describe-resource-policy.json\tResourcePolicyNotFoundException\taws",
        "\(region)/ecr/get-registry-policy.json\tRegistryPolicyNotFoundException\taws ecr",
        "accounts/111111111111/eu-west-1/ecr/get-registry-policy.json\tRegistryPolicyNotFoundException\taws",
        "\(shop)/s3/public-data/get-bucket-tagging.json\tNoSuchTagSet\taws s3api t",
        "\(shop)/s3/public-data/get-public-access-block.json\tNoSuchPublicAccessBlockConfiguration\taws s3api b",
        "\(shop)/s3/shop-data/get-public-access-block.json\tNoSuchPublicAccessBlockConfiguration\taws s3api b",
        "\(shop)/s3/shop-data/get-bucket-policy.json.none\tNoSuchBucketPolicy\taws s3api p",
        "\(shop)/s3/get-public-access-block.account.json.none\tNoSuchPublicAccessBlockConfiguration\taws",
        "accounts/111111111111/s3/get-public-access-block.account.json\tNoSuchPublicAccessBlockConfiguration\taws",
        "\(region)/glue/get-resource-policy.json\tEntityNotFoundException\taws glue g",
        "accounts/111111111111/eu-west-1/glue/get-resource-policy.json\tEntityNotFoundException\taws",
    ]

    static func policy(_ statement: String) -> String {
        #"{"Version": "2012-10-17", "Statement": [\#(statement)]}"#
    }

    static func quoted(_ text: String) -> String { JSONOutput.string(text).compact }

    static func allow(_ action: String, _ rest: String = "") -> String {
        #"{"Effect": "Allow", "Action": "\#(action)", "Resource": "*"\#(rest)}"#
    }

    static func role(
        _ name: String,
        _ account: String,
        _ statement: String?,
        _ rest: String = ""
    )
        -> String
    {
        let trust = policy(
            #"{"Effect": "Allow", "Principal": {"AWS": "\#(account)"}, "Action": "sts:AssumeRole"}"#
        )
        let inline = statement.map { #"[{"PolicyName": "p", "PolicyDocument": \#(policy($0))}]"# }
        return """
            {"RoleName": "\(name)", "Path": "/", "RoleId": "AROA\(name.uppercased())0000000000",
             "Arn": "arn:aws:iam::\(account):role/\(name)", "AssumeRolePolicyDocument": \(trust),
             "RolePolicyList": \(inline ?? "[]"), "AttachedManagedPolicies": []\(rest)}
            """
    }

    static func accountDetails(
        account: String = "222222222222",
        boundary: String = #"{"PermissionsBoundaryArn": "arn:aws:iam::222222222222:policy/Bound"}"#,
        reserved statement: String = allow("s3:*"),
        groups: String = "[]",
        extra: String = ""
    ) -> String {
        let roles = [
            role("Admin", account, allow("*")), role("None", account, nil),
            role("Bounded", account, allow("*"), #", "PermissionsBoundary": \#(boundary)"#),
            role(
                "ByTag",
                account,
                allow(
                    "s3:*",
                    #", "Condition": {"StringEquals": {"aws:ResourceTag/class": "open"}}"#
                )
            ),
        ]
        let reserved = """
            {"RoleName": "AWSReservedSSO_Reader_0123456789abcdef", "RoleId": "AROARESERVED00000000",
             "Path": "/aws-reserved/sso.amazonaws.com/eu-west-1/",
             "Arn": "arn:aws:iam::\(account):role/aws-reserved/sso.amazonaws.com/eu-west-1/x",
             "AssumeRolePolicyDocument": \(policy(allow("sts:AssumeRoleWithSAML"))),
             "RolePolicyList": [{"PolicyName": "AwsSSOInlinePolicy",
             "PolicyDocument": \(policy(statement))}], "AttachedManagedPolicies": []}
            """
        return """
            {"UserDetailList": [{"UserName": "ann", "UserId": "AIDAANN0000000000000", "Path": "/",
              "Arn": "arn:aws:iam::\(account):user/ann", "GroupList": \(groups),
              "AttachedManagedPolicies": []}],
             "GroupDetailList": [], "RoleDetailList": [\(roles.joined(separator: ", "))
             \(boundary == "{}" || account != "222222222222" ? "" : ", " + reserved)],
             "Policies": [{"PolicyName": "Bound", "Path": "/", "DefaultVersionId": "v1",
              "Arn": "arn:aws:iam::\(account):policy/Bound", "PolicyVersionList": [{"VersionId": "v1",
              "IsDefaultVersion": true, "Document": \(policy(allow("ec2:*")))}]}]\(extra)}
            """
    }

    static let files: [String: String] = {
        let types = #"[{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]"#
        let full = #"{"Id": "p-FullAWSAccess", "Name": "FullAWSAccess", "AwsManaged": true}"#
        let stay = #"{"Id": "p-stay0001", "Name": "Stay", "AwsManaged": false}"#
        let scp = "organizations/policy/SERVICE_CONTROL_POLICY"
        let deny = policy(
            #"{"Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"}"#
        )
        let unit = "organizations/ou/ou-ex01-aaaaaaaa"
        let root = "organizations/ou/r-ex01"
        let attached = "list-policies-for-target.SERVICE_CONTROL_POLICY.json"
        let management = #"{"Id": "111111111111", "Name": "management", "State": "ACTIVE"}"#
        let shop = #"{"Id": "222222222222", "Name": "shop", "State": "ACTIVE"}"#
        let open = policy(
            #"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::public-data/*"}"#
        )
        let closed = policy(
            #"{"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteBucket", "Resource": "arn:aws:s3:::shop-data"}"#
        )
        let keyPolicy = policy(
            #"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::222222222222:root"}, "Action": "kms:*", "Resource": "*"}"#
        )
        let instance = "identity-center/ssoins-0123456789abcdef"
        let set = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-1"
        var files = [
            "manifest.json":
                #"{"format": "org-export/1", "regions": "eu-west-1", "identityCenterRegion": "eu-west-1"}"#,
            "organizations/describe-organization.json":
                #"{"Organization": {"Id": "o-exampleorg1", "MasterAccountId": "111111111111"}}"#,
            "organizations/list-roots.json":
                #"{"Roots": [{"Id": "r-ex01", "PolicyTypes": \#(types)}]}"#,
            "organizations/list-accounts.json": #"{"Accounts": [\#(management), \#(shop)]}"#,
            "\(root)/list-organizational-units-for-parent.json":
                #"{"OrganizationalUnits": [{"Id": "ou-ex01-aaaaaaaa", "Name": "Apps"}]}"#,
            "\(root)/list-accounts-for-parent.json": #"{"Accounts": [\#(management)]}"#,
            "\(root)/\(attached)": #"{"Policies": [\#(full)]}"#,
            "\(unit)/list-organizational-units-for-parent.json": #"{"OrganizationalUnits": []}"#,
            "\(unit)/list-accounts-for-parent.json": #"{"Accounts": [\#(shop)]}"#,
            "\(unit)/\(attached)": #"{"Policies": [\#(full), \#(stay)]}"#,
            "organizations/account/111111111111/\(attached)": #"{"Policies": [\#(full)]}"#,
            "organizations/account/222222222222/\(attached)": #"{"Policies": [\#(full)]}"#,
            "organizations/account/222222222222/list-parents.json":
                #"{"Parents": [{"Id": "ou-ex01-aaaaaaaa", "Type": "ORGANIZATIONAL_UNIT"}]}"#,
            "\(scp)/list-policies.json": #"{"Policies": [\#(full), \#(stay)]}"#,
            "\(scp)/p-stay0001/describe-policy.json":
                #"{"Policy": {"PolicySummary": \#(stay), "Content": \#(quoted(deny))}}"#,
            "\(scp)/p-stay0001/list-targets-for-policy.json":
                #"{"Targets": [{"TargetId": "ou-ex01-aaaaaaaa"}]}"#,
            "\(scp)/p-FullAWSAccess/list-targets-for-policy.json":
                #"{"Targets": [{"TargetId": "r-ex01"}, {"TargetId": "ou-ex01-aaaaaaaa"}, {"TargetId": "111111111111"}, {"TargetId": "222222222222"}]}"#,
            "identity-center/list-instances.json":
                #"{"Instances": [{"InstanceArn": "arn:aws:sso:::instance/ssoins-0123456789abcdef", "IdentityStoreId": "d-1", "OwnerAccountId": "111111111111"}]}"#,
            "\(instance)/list-permission-sets.json": #"{"PermissionSets": ["\#(set)"]}"#,
            "\(instance)/identitystore/list-users.json":
                #"{"Users": [{"UserId": "u-1", "UserName": "ann"}]}"#,
            "\(instance)/identitystore/list-groups.json": #"{"Groups": []}"#,
            "\(instance)/list-account-assignments-for-principal/USER/u-1.json":
                #"{"AccountAssignments": [{"AccountId": "222222222222", "PermissionSetArn": "\#(set)", "PrincipalId": "u-1", "PrincipalType": "USER"}]}"#,
            "\(center)/describe-permission-set.json":
                #"{"PermissionSet": {"Name": "Reader", "PermissionSetArn": "\#(set)"}}"#,
            "\(center)/list-managed-policies-in-permission-set.json":
                #"{"AttachedManagedPolicies": []}"#,
            "\(center)/list-customer-managed-policy-references-in-permission-set.json":
                #"{"CustomerManagedPolicyReferences": []}"#,
            "\(center)/get-inline-policy-for-permission-set.json":
                #"{"InlinePolicy": \#(quoted(policy(allow("s3:*"))))}"#,
            "\(center)/get-permissions-boundary-for-permission-set.json":
                #"{"PermissionsBoundary": {}}"#,
            "accounts/222222222222/s3/list-buckets.json":
                #"{"Buckets": [{"Name": "shop-data"}, {"Name": "public-data"}]}"#,
            "accounts/222222222222/s3/get-public-access-block.account.json":
                #"{"PublicAccessBlockConfiguration": {"RestrictPublicBuckets": false}}"#,
            "accounts/222222222222/s3/shop-data/get-bucket-policy.json":
                #"{"Policy": \#(quoted(closed))}"#,
            "accounts/222222222222/s3/shop-data/get-bucket-tagging.json":
                #"{"TagSet": [{"Key": "class", "Value": "open"}]}"#,
            "accounts/222222222222/s3/public-data/get-bucket-policy.json":
                #"{"Policy": \#(quoted(open))}"#,
            "\(region)/kms/k1/get-key-policy.json": #"{"Policy": \#(quoted(keyPolicy))}"#,
            "\(region)/kms/k1/list-grants.json": #"{"Grants": []}"#,
            "\(region)/kms/k1/list-resource-tags.json": #"{"Tags": []}"#,
            "\(region)/sqs/jobs/get-queue-attributes.json":
                #"{"Attributes": {"QueueArn": "\#(queue)"}}"#,
            "accounts/111111111111/s3/list-buckets.json": #"{"Buckets": []}"#,
        ]
        for account in ["111111111111", "222222222222"] {
            let folder = "accounts/\(account)"
            let isShop = account == "222222222222"
            files["\(folder)/get-caller-identity.json"] = #"{"Account": "\#(account)"}"#
            files["\(folder)/iam/get-account-authorization-details.json"] = accountDetails(
                account: account,
                boundary: #"{"PermissionsBoundaryArn": "arn:aws:iam::\#(account):policy/Bound"}"#
            )
            let place = "\(folder)/eu-west-1"
            let empty = [
                "sns/list-topics": "Topics", "secretsmanager/list-secrets": "SecretList",
                "lambda/list-functions": "Functions", "ecr/describe-repositories": "repositories",
                "dynamodb/list-tables": "TableNames", "kinesis/list-streams": "StreamNames",
                "opensearch/list-domain-names": "DomainNames",
                "efs/describe-file-systems": "FileSystems",
                "s3control/list-access-points": "AccessPointList",
                "events/list-event-buses": "EventBuses",
                "logs/describe-resource-policies": "resourcePolicies",
                "ec2/describe-vpc-endpoints": "VpcEndpoints",
            ]
            for (file, member) in empty { files["\(place)/\(file).json"] = #"{"\#(member)": []}"# }
            files["\(place)/kms/list-keys.json"] =
                isShop ? #"{"Keys": [{"KeyId": "k1", "KeyArn": "\#(key)"}]}"# : #"{"Keys": []}"#
            files["\(place)/sqs/list-queues.json"] =
                isShop
                ? #"{"QueueUrls": ["https://queue/222222222222/jobs"]}"# : #"{"QueueUrls": []}"#
        }
        return files
    }()
}
