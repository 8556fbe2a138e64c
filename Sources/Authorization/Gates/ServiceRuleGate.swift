import OrganizationModel
import PolicyLanguage
import ServiceCatalog

/// A rule of a service that decides whatever the policies say.
enum ServiceRule {
    case allowed(String)
    case denied(String)
}

extension Evaluation {
    /// The rule that settles the request without any policy; nil for nearly all requests.
    ///
    /// Each case names its rule of the semantics; the sources stand there.
    func serviceRule() -> ServiceRule? {
        if case .anonymous = subject.kind, !takesUnsignedCall {
            return .denied("\(request.action.service) takes no unsigned calls")
        }
        return tokenRule() ?? iamRule() ?? ownerRule()
    }

    private var takesUnsignedCall: Bool {
        let type = ConditionKey("lambda:FunctionUrlAuthType")
        switch ServiceCatalog.unsignedCalls(request.action) {
        case .accepted:
            if keys.isOpen(type) { return fits(type, "NONE") }
            return keys.value(of: type).value == nil || keys.single(type) == "NONE"
        case .refused: return false
        case .throughFunctionURL:
            return fits(type, "NONE") || fits("lambda:InvokedViaFunctionUrl", "true")
        }
    }

    /// Whether a rule may settle requests for an action, whoever calls with a signature.
    static func mayRule(_ action: ActionName) -> Bool {
        switch action.service {
        case "iam", "sts": true
        case "kms": !crossAccountKeyActions.contains(action.name)
        case "s3": bucketPolicyActions.contains(action.name)
        case "sqs": ownQueueActions.contains(action.name)
        default: false
        }
    }

    private static let bucketPolicyActions: Set = [
        "getbucketpolicy", "putbucketpolicy", "deletebucketpolicy",
    ]

    /// STS-20, STS-30, STS-31, STS-32, ROOT-4: who may ask STS for what.
    private func tokenRule() -> ServiceRule? {
        let action = request.action.canonical
        if action == "sts:getcalleridentity" {
            return .allowed("GetCallerIdentity needs no permission")
        }
        switch subject.kind {
        case .root:
            if ["sts:assumerole", "sts:assumeroot"].contains(action) {
                return .denied("the root user cannot assume a role or another root")
            }
        case .user where subject.session != nil: if let rule = sessionTokenRule() { return rule }
        case .federatedUser:
            if ["iam", "sts"].contains(request.action.service) {
                return .denied("a session of GetFederationToken can call neither IAM nor STS")
            }
        case .user, .role, .assumedRoot, .service, .federation, .anonymous: break
        }
        guard ["sts:getsessiontoken", "sts:getfederationtoken"].contains(action) else { return nil }
        switch subject.kind {
        case .user, .root:
            if subject.session != nil {
                return .denied("temporary credentials cannot obtain others in this way")
            }
            // No policy has an effect on GetSessionToken.
            return action == "sts:getsessiontoken"
                ? .allowed("GetSessionToken needs no permission") : nil
        case .role, .federatedUser, .assumedRoot, .service, .federation, .anonymous:
            return .denied("only IAM users and the root user can call \(request.action)")
        }
    }

    /// Credentials of GetSessionToken: IAM only with MFA, STS only to go on (STS-30).
    private func sessionTokenRule() -> ServiceRule? {
        switch request.action.service {
        case "iam":
            if case .used? = subject.session?.mfa { return nil }
            return .denied("credentials of GetSessionToken need MFA to call IAM")
        case "sts":
            let goesOn = ["assumerole", "tagsession", "setsourceidentity", "setcontext"]
            return goesOn.contains(request.action.name)
                ? nil : .denied("credentials of GetSessionToken cannot call \(request.action)")
        default: return nil
        }
    }

    /// RBP-6, RBP-8: entities that belong to AWS.
    private func iamRule() -> ServiceRule? {
        guard let arn = target.arn else { return nil }
        let action = request.action.name
        if request.action.service == "kms", arn.resource.hasPrefix("alias/aws/"),
            ["createalias", "updatealias", "deletealias"].contains(action)
        {
            return .denied("aliases under alias/aws/ belong to AWS")
        }
        guard request.action.service == "iam", arn.service == "iam" else { return nil }
        if arn.account == "aws", Self.writesToPolicies.contains(action) {
            return .denied("AWS managed policies cannot be changed")
        }
        if arn.resource.hasPrefix("role/aws-reserved/"), Self.writesToReservedRoles.contains(action)
        {
            return .denied("roles under /aws-reserved/ can be changed by their service only")
        }
        if arn.resource.hasPrefix("role/aws-service-role/"),
            Self.writesToServiceLinkedRoles.contains(action)
        {
            return .denied("service-linked roles can be changed by their service only")
        }
        return nil
    }

    private static let writesToPolicies: Set = [
        "createpolicy", "createpolicyversion", "deletepolicy", "deletepolicyversion",
        "setdefaultpolicyversion", "tagpolicy", "untagpolicy",
    ]
    private static let writesToReservedRoles: Set = [
        "attachrolepolicy", "createrole", "createservicelinkedrole", "deleterole",
        "deleterolepermissionsboundary", "deleterolepolicy", "deleteservicelinkedrole",
        "detachrolepolicy", "passrole", "putrolepermissionsboundary", "putrolepolicy", "tagrole",
        "untagrole", "updateassumerolepolicy", "updaterole", "updateroledescription",
    ]
    private static let writesToServiceLinkedRoles: Set = [
        "addroletoinstanceprofile", "attachrolepolicy", "createrole", "deleterole",
        "deleterolepermissionsboundary",
        "deleterolepolicy", "detachrolepolicy", "putrolepermissionsboundary", "putrolepolicy",
        "updateassumerolepolicy",
    ]

    /// S3-11, KMS-4, RBP-9: calls that only the owner's account can make.
    private func ownerRule() -> ServiceRule? {
        guard let owner = target.ownerID, subject.account?.id != owner else { return nil }
        if case .service = subject.kind { return nil }
        let name = request.action.name
        switch request.action.service {
        case "s3" where Self.bucketPolicyActions.contains(name):
            return .denied("a bucket policy is for callers of the bucket owner's account only")
        case "kms"
        where target.arn?.resourceType == "key" && !Self.crossAccountKeyActions.contains(name):
            return .denied("\(request.action) does not work on a key of another account")
        case "sqs" where Self.ownQueueActions.contains(name):
            return .denied("\(request.action) does not work on a queue of another account")
        default: return nil
        }
    }

    /// Source: KMS Developer Guide, "Allowing users in other accounts to use a KMS key".
    private static let crossAccountKeyActions: Set = [
        "decrypt", "derivesharedsecret", "encrypt", "generatedatakey", "generatedatakeypair",
        "generatedatakeypairwithoutplaintext", "generatedatakeywithoutplaintext", "generatemac",
        "reencryptfrom", "reencryptto", "sign", "verify", "verifymac",
        "creategrant", "describekey", "getkeyrotationstatus", "getpublickey", "listgrants",
        "retiregrant", "revokegrant",
    ]

    /// Source: SQS Developer Guide, "Overview of managing access in Amazon SQS".
    private static let ownQueueActions: Set = [
        "addpermission", "removepermission", "createqueue", "deletequeue", "setqueueattributes",
        "listqueues", "listqueuetags", "tagqueue", "untagqueue", "startmessagemovetask",
        "cancelmessagemovetask", "listmessagemovetasks",
    ]
}

extension Evaluation {
    /// What the account's password policy lets every user do to himself (ENT-12).
    var isImplicitlyAllowed: Bool {
        guard case .user = subject.kind, let entity = subject.entity, entity.mayChangePassword
        else {
            return false
        }
        switch request.action.canonical {
        case "iam:getaccountpasswordpolicy": return true
        case "iam:changepassword": return target.arn == entity.arn
        default: return false
        }
    }

    /// The owner's root can always mend a bucket or queue policy that shuts everyone out (ROOT-2).
    var isOwnersRootMendingPolicy: Bool {
        guard subject.actsAsRoot, subject.account?.id == target.ownerID else { return false }
        return Self.mendsPolicies(request.action)
    }

    /// Whether an action reads or writes the policy of a bucket or queue.
    static func mendsPolicies(_ action: ActionName) -> Bool {
        [
            "s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy",
            "sqs:getqueueattributes", "sqs:setqueueattributes",
        ].contains(action.canonical)
    }
}
