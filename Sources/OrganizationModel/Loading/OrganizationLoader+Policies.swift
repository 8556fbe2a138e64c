import JSONSource
import PolicyLanguage
import ServiceCatalog

extension OrganizationLoader {
    /// Control policies and AWS managed policies that the file brings.
    mutating func readSuppliedPolicies(_ file: ObjectReader) {
        for type in ControlPolicyType.allCases {
            var found: [String: Policy] = [type.fullAccess.name ?? "": type.fullAccess]
            let members = file.entries(type.field, &diagnostics)
            checkCount(type.field, of: file, type.countLimit)
            definedControlPolicies[type] = Set(members.map(\.key))
            for member in members {
                checkPolicyName(member)
                let name = "the \(type.noun) policy '\(member.key)'"
                guard let document = document(member.value, as: type.grammar, of: name) else {
                    continue
                }
                if document.size > type.characterLimit {
                    let message =
                        "'\(member.key)' has \(document.size) characters, AWS takes at most \(type.characterLimit)"
                    refuse("quota.policy-size", message, at: member.value.span)
                }
                if found[member.key] != nil {
                    let message = "'\(member.key)' always exists and cannot be defined anew"
                    refuse("organization.reserved-policy", message, at: member.keySpan)
                    continue
                }
                found[member.key] = Policy(name: member.key, document: document)
            }
            controlPolicies[type] = found
        }
        for member in file.entries("awsManagedPolicies", &diagnostics) {
            let partition = ARN(member.key).map { String($0.partition) } ?? ""
            if !AWSManagedPolicies.isARN(member.key) || !Regions.partitions.contains(partition) {
                let message = "'\(member.key)' is not the ARN of an AWS managed policy"
                refuse("organization.managed-policy-arn", message, at: member.keySpan)
            }
            let value = member.value["document"] ?? member.value
            if member.value["document"] != nil {
                let owner = "the policy '\(member.key)'"
                ObjectReader(member.value, owner, &diagnostics)?.allow(
                    .suppliedPolicy,
                    &diagnostics
                )
            }
            guard let document = document(value, as: .identity, of: member.key) else { continue }
            let policy = Policy(name: member.key, arn: member.key, document: document)
            suppliedManagedPolicies[member.key] = policy
        }
    }

    /// Source: Organizations API Reference, "CreatePolicy".
    private mutating func checkPolicyName(_ member: JSONMember) {
        let limit = Quotas.controlPolicyNameCharacters
        if (1...limit).contains(member.key.unicodeScalars.count) { return }
        let message = "the name of a policy has 1 to \(limit) characters"
        refuse("organization.policy-name", message, at: member.keySpan)
    }

    /// The policies attached to a root, unit or account, in the order they are listed.
    mutating func attached(_ type: ControlPolicyType, to object: ObjectReader) -> [Policy] {
        let known = controlPolicies[type] ?? [:]
        let names = object.strings(type.field, &diagnostics)
        guard let names else {
            return type == .serviceControlPolicy ? [type.fullAccess] : []
        }
        var found: [Policy] = []
        var first: [String: SourceSpan] = [:]
        for name in names {
            if let earlier = first[name.text] {
                let message = "'\(name.text)' is attached twice"
                let problem = Diagnostic.error(
                    "organization.attached-twice",
                    message,
                    at: name.span
                )
                diagnostics.append(problem.noting("it is attached here already", at: earlier))
                continue
            }
            first[name.text] = name.span
            if let policy = known[name.text] {
                found.append(policy)
            } else if let other = ControlPolicyType.allCases.first(where: {
                $0 != type && isDefined(name.text, $0)
            }), !isDefined(name.text, type) {
                let message = "'\(name.text)' is a \(other.noun) policy, not a \(type.noun) policy"
                refuse("organization.other-policy-type", message, at: name.span)
            } else if !isDefined(name.text, type) {
                refuseUnknown(
                    "organization.unknown-policy",
                    "\(type.noun) policy",
                    name,
                    among: known.keys.sorted()
                )
            }
        }
        let span = object.value[type.field]?.span ?? object.value.span
        let count = type.countedAttachments(names.map(\.text))
        if count > type.attachmentLimit {
            let message =
                "\(count) \(type.noun) policies are attached, AWS allows \(type.attachmentLimit)"
            refuse("quota.attachments", message, at: span)
        }
        if names.isEmpty, type == .serviceControlPolicy, enforcesSCPs {
            let message = "no service control policy is attached, so nothing is allowed here"
            diagnostics.append(.warning("organization.no-scp", message, at: span))
        }
        // RCPFullAWSAccess allows everything and is always there: it decides nothing (RCP-2).
        return type == .resourceControlPolicy ? found.filter { $0 != type.fullAccess } : found
    }

    /// Whether a policy stands in the file, even if it could not be read.
    private func isDefined(_ name: String, _ type: ControlPolicyType) -> Bool {
        definedControlPolicies[type]?.contains(name) == true
    }

    /// The AWS managed policy of that ARN, from the file or from the catalog.
    mutating func awsManagedPolicy(_ arn: SourceString) -> Policy? {
        if let policy = suppliedManagedPolicies[arn.text] { return policy }
        guard let policy = BuiltInPolicies.policy(arn.text) else {
            let near = AWSManagedPolicies.nearest(to: arn.text)
            let hint = near.map { ", did you mean '\($0)'?" } ?? ""
            let message = "there is no AWS managed policy '\(arn.text)' built in\(hint)"
            let help = "supply its document under 'awsManagedPolicies' at the top of the file"
            refuse(
                "organization.unknown-managed-policy",
                message + "; 'awsManagedPolicies' can supply it",
                at: arn.span,
                help: help
            )
            return nil
        }
        suppliedManagedPolicies[arn.text] = policy
        return policy
    }
}

extension ControlPolicyType {
    /// The field of the file that lists policies of this type.
    package var field: String {
        switch self {
        case .serviceControlPolicy: "serviceControlPolicies"
        case .resourceControlPolicy: "resourceControlPolicies"
        }
    }

    var noun: String {
        switch self {
        case .serviceControlPolicy: "service control"
        case .resourceControlPolicy: "resource control"
        }
    }

    var grammar: PolicyGrammar {
        switch self {
        case .serviceControlPolicy: .serviceControl
        case .resourceControlPolicy: .resourceControl
        }
    }

    var characterLimit: Int {
        switch self {
        case .serviceControlPolicy: Quotas.scpCharacters
        case .resourceControlPolicy: Quotas.rcpCharacters
        }
    }

    var countLimit: Int {
        switch self {
        case .serviceControlPolicy: Quotas.scps
        case .resourceControlPolicy: Quotas.rcps
        }
    }

    package var attachmentLimit: Int {
        switch self {
        case .serviceControlPolicy: Quotas.scpsPerNode
        case .resourceControlPolicy: Quotas.rcpsPerNode
        }
    }

    /// RCPFullAWSAccess counts even where it is not written down (RCP-3).
    package func countedAttachments(_ names: [String]) -> Int {
        switch self {
        case .serviceControlPolicy: names.count
        case .resourceControlPolicy: Set(names + ["RCPFullAWSAccess"]).count
        }
    }

    /// The policy of this type that AWS itself keeps in every organization.
    package var fullAccess: Policy {
        switch self {
        case .serviceControlPolicy: FullAccess.serviceControl
        case .resourceControlPolicy: FullAccess.resourceControl
        }
    }
}

/// Source: Organizations User Guide, "SCP evaluation", "RCP evaluation" (SCP-5, RCP-2).
private enum FullAccess {
    static let serviceControl = policy(
        "FullAWSAccess",
        "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess"
    )
    static let resourceControl = policy(
        "RCPFullAWSAccess",
        "arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess"
    )

    private static func policy(_ name: String, _ arn: String) -> Policy {
        let everything = Statement(
            sid: nil,
            index: 0,
            effect: .allow,
            principal: nil,
            actions: ActionElement(
                patterns: ["*"].compactMap { ActionPattern($0) },
                isNegated: false
            ),
            resources: ResourceElement(
                patterns: [ResourcePattern("*", variables: .literal, completion: .asWritten)],
                isNegated: false
            ),
            conditions: [],
            span: .nowhere
        )
        let document = PolicyDocument(
            version: .v2012,
            id: nil,
            statements: [everything],
            at: .nowhere,
            size: 0
        )
        return Policy(name: name, arn: arn, document: document)
    }
}
