/// Rules of services that no policy can change, and what AWS answers before it looks at any.
enum ServiceRules {
    /// The answer of a rule, where one applies.
    static func answer(_ request: Request) -> ReferenceDecision? {
        let action = "\(request.service):\(request.name)"
        // ROOT-9: a suspended account of caller or resource.
        if request.caller.account?.isSuspended ?? false || request.owner?.isSuspended ?? false {
            return ReferenceDecision(decision: "invalid", reasons: [])
        }
        if request.caller.kind == .anonymous, !acceptsUnsigned(request) {
            return .serviceRule
        }
        // STS-31
        if action == "sts:getcalleridentity" {
            return ReferenceDecision(decision: "allowed", reasons: [])
        }
        if isRefusedToSessions(request, action: action) {
            return .serviceRule
        }
        // STS-30: no policy is looked at.
        if action == "sts:getsessiontoken" {
            return ReferenceDecision(decision: "allowed", reasons: [])
        }
        if refusesOtherAccounts(request, action: action) || protects(request, action: action) {
            return .serviceRule
        }
        return nil
    }

    /// SVC-5: services that take unsigned calls.
    private static func acceptsUnsigned(_ request: Request) -> Bool {
        if ["s3", "sqs", "sns"].contains(request.service) {
            return true
        }
        return request.service == "lambda"
            && ["invokefunctionurl", "invokefunction"].contains(request.name)
            && request.context.text("lambda:FunctionUrlAuthType") == "NONE"
    }

    private static func isRefusedToSessions(_ request: Request, action: String) -> Bool {
        if refusesTemporaryCredentials(request, action: action) {
            return true
        }
        switch request.caller.kind {
        case .root:
            // ROOT-4
            return action == "sts:assumerole" || action == "sts:assumeroot"
        case .role:
            // STS-20
            return action == "sts:getfederationtoken" || action == "sts:getsessiontoken"
        case .federatedUser:
            // STS-32: neither IAM nor STS, except GetCallerIdentity.
            return request.service == "iam" || request.service == "sts"
        case .user, .service, .federated, .anonymous:
            return false
        }
    }

    /// STS-30: what the credentials of GetSessionToken cannot call.
    private static func refusesTemporaryCredentials(_ request: Request, action: String) -> Bool {
        guard let session = request.caller.session,
            request.caller.kind == .user || request.caller.kind == .root
        else {
            return false
        }
        if request.service == "sts" {
            return action != "sts:assumerole" && action != "sts:getcalleridentity"
        }
        return request.service == "iam" && !session.isAssumedRoot && !session.mfa.wasUsed
    }

    /// S3-11, KMS-4, RBP-9: what only the owner's account may do.
    private static func refusesOtherAccounts(_ request: Request, action: String) -> Bool {
        if request.isSameAccount {
            return false
        }
        if case .service = request.caller.kind {
            return false
        }
        let bucketPolicy = ["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"]
        if bucketPolicy.contains(action) {
            return true
        }
        if request.service == "kms", request.resource != "*",
            !acrossAccountsOnKeys.contains(request.name)
        {
            return true
        }
        return request.service == "sqs" && ofTheQueueOwner.contains(request.name)
    }

    private static let acrossAccountsOnKeys: Set<String> = [
        "decrypt", "derivesharedsecret", "encrypt", "generatedatakey", "generatedatakeypair",
        "generatedatakeypairwithoutplaintext", "generatedatakeywithoutplaintext", "generatemac",
        "reencryptfrom", "reencryptto", "sign", "verify", "verifymac", "creategrant", "describekey",
        "getkeyrotationstatus", "getpublickey", "listgrants", "retiregrant", "revokegrant",
    ]

    private static let ofTheQueueOwner: Set<String> = [
        "addpermission", "removepermission", "createqueue", "deletequeue", "setqueueattributes",
        "listqueues", "listqueuetags", "tagqueue", "untagqueue", "startmessagemovetask",
        "cancelmessagemovetask", "listmessagemovetasks",
    ]

    /// RBP-6, RBP-8: entities that belong to AWS.
    private static func protects(_ request: Request, action: String) -> Bool {
        if request.service == "iam", request.resource.hasPrefix("arn:aws:iam::aws:policy/") {
            return onManagedPolicies.contains(request.name)
        }
        if request.service == "iam", request.isRoleARN {
            let path = request.segment(5)
            if path.hasPrefix("role/aws-reserved/") {
                return onReservedRoles.contains(request.name)
            }
            if path.hasPrefix("role/aws-service-role/") {
                return onServiceLinkedRoles.contains(request.name)
            }
        }
        let aliases = ["kms:createalias", "kms:updatealias", "kms:deletealias"]
        return aliases.contains(action) && request.segment(5).hasPrefix("alias/aws/")
    }

    private static let onManagedPolicies: Set<String> = [
        "createpolicy", "createpolicyversion", "deletepolicy", "deletepolicyversion",
        "setdefaultpolicyversion", "tagpolicy", "untagpolicy",
    ]

    private static let onReservedRoles: Set<String> = [
        "attachrolepolicy", "createrole", "createservicelinkedrole", "deleterole",
        "deleterolepermissionsboundary", "deleterolepolicy", "deleteservicelinkedrole",
        "detachrolepolicy", "passrole", "putrolepermissionsboundary", "putrolepolicy", "tagrole",
        "untagrole", "updateassumerolepolicy", "updaterole", "updateroledescription",
    ]

    private static let onServiceLinkedRoles: Set<String> = [
        "attachrolepolicy", "createrole", "deleterole", "deleterolepermissionsboundary",
        "deleterolepolicy", "detachrolepolicy", "putrolepermissionsboundary", "putrolepolicy",
        "updateassumerolepolicy", "addroletoinstanceprofile",
    ]

    /// ROOT-2: what the owner's root may do against any Deny of the resource policy.
    static func rootOverrulesResourcePolicy(_ request: Request) -> Bool {
        guard request.caller.kind == .root, request.isSameAccount else {
            return false
        }
        let actions = [
            "s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy",
            "sqs:getqueueattributes", "sqs:setqueueattributes",
        ]
        return actions.contains("\(request.service):\(request.name)")
    }
}
