import PolicyLanguage
import ServiceCatalog
import Testing

/// Actions by number, and what is worked out once of actions and keys.
@Suite struct ActionFactsTests {
    private static let services = ["s3", "ec2", "sqs", "iam", "lambda", "states", "glue"]

    private static func name(_ text: String) throws -> ActionName {
        try #require(ActionName(text), "\(text)")
    }

    @Test("actions are numbered without gaps, by service and name, and found by their number")
    func numbers() throws {
        var next = 0
        for action in ServiceCatalog.services.flatMap(\.actions) {
            let name = try Self.name(action.qualifiedName.uppercased())
            #expect(ServiceCatalog.actionNumber(of: name) == next)
            #expect(ServiceCatalog.action(number: next).qualifiedName == action.qualifiedName)
            next += 1
        }
        #expect(ServiceCatalog.actionCount == next)
        #expect(next > 20_000)
    }

    @Test("an action that the catalog does not know has no number", arguments: ["s3:No", "no:Get"])
    func unknownActions(text: String) throws {
        let facts = ActionFacts(try Self.name(text))
        #expect(facts.number == nil)
        #expect(facts.listed == nil)
        #expect(facts.resourceUse == .some)
        #expect(facts.acceptedARNs.contains(try #require(ARN("arn:aws:sqs:::q"))))
    }

    @Test("facts of an unknown action are those of its service (RCP-6)")
    func serviceFacts() throws {
        let facts = ActionFacts(try Self.name("s3:GetObjectOfTomorrow"))
        #expect(facts.isReachedByRCPs)
        #expect(facts.unsignedCalls == .accepted)
        #expect(facts.vpceKeys.contains(.organizationPaths))
    }

    @Test("facts are what the catalog answers one by one (RES-7, RCP-6, SCP-8, SVC-5, KEY-15)")
    func facts() throws {
        for action in ServiceCatalog.services.flatMap(\.actions) {
            let name = try Self.name(action.qualifiedName)
            let facts = ActionFacts(name)
            #expect(facts.listed?.qualifiedName == action.qualifiedName)
            #expect(facts.isReachedByRCPs == action.service.isReachedByRCPs)
            let hasTypes = !action.resourceTypes.isEmpty
            if facts.resourceUse == .none { #expect(!hasTypes, "\(name)") }
            let region = ServiceCatalog.globalRegion(of: name.service)
            #expect(facts.globalRegion == region, "\(name)")
        }
        #expect(ActionFacts(try Self.name("mechanicalturk:GetHIT")).isBeyondSCPs)
        #expect(ActionFacts(try Self.name("iam:PassRole")).vpceKeys == [])
        #expect(ActionFacts(try Self.name("lambda:InvokeFunction")).unsignedCalls != .refused)
        #expect(ActionFacts(try Self.name("ec2:RunInstances")).hasOwnResourceTagKey)
    }

    @Test("an action carries the keys of its line, of its resource types there, and of the types")
    func carriedKeys() throws {
        for service in Self.services.compactMap({ ServiceCatalog.service($0) }) {
            let types = Dictionary(
                uniqueKeysWithValues: service.resourceTypes.map { ($0.name, $0.conditionKeys) }
            )
            for action in service.actions {
                let uses = action.resourceTypes
                let carried = Set(
                    action.conditionKeys + uses.flatMap(\.conditionKeys)
                        + uses.flatMap { types[$0.name] ?? [] }
                )
                let keys = service.conditionKeys.map(\.name)
                let found = keys.filter { action.carries(ConditionKey($0)) }
                #expect(found == keys.filter { carried.contains($0) }, "\(action.qualifiedName)")
            }
        }
    }

    @Test("an action accepts the ARNs that one of its resource types accepts (RES-7)")
    func acceptedARNs() throws {
        let arns = [
            "arn:aws:s3:::bucket", "arn:aws:s3:::bucket/key", "arn:aws:sqs:eu-west-1:1:queue",
            "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", "arn:aws:iam::111122223333:role/r",
            "arn:aws:lambda:eu-west-1:111122223333:function:f", "arn:aws:glue:eu-west-1:1:catalog",
        ].compactMap { ARN($0) }
        for service in Self.services.compactMap({ ServiceCatalog.service($0) }) {
            for action in service.actions where action.hasResourceTypes {
                let types = action.resourceTypeNames.compactMap { service.resourceType($0) }
                let accepted = action.acceptedARNs
                for arn in arns {
                    let expected = types.contains { $0.accepts(arn) }
                    #expect(accepted.contains(arn) == expected, "\(action.qualifiedName) \(arn)")
                }
            }
        }
    }

    @Test("facts of a key are those of the action's service, else of its own (COND-12)")
    func keys() throws {
        let facts = KeyFacts("identitystore:UserId")
        #expect(facts.isMultivalued(for: try Self.name("q:SendMessage")))
        #expect(!facts.isMultivalued(for: try Self.name("s3:GetObject")))
        #expect(facts.listed(for: try Self.name("s3:GetObject"))?.name == "identitystore:UserId")
        #expect(KeyFacts("s3:prefix").isForeign(to: ActionFacts(try Self.name("s3:GetObject"))))
        #expect(!KeyFacts("s3:prefix").isForeign(to: ActionFacts(try Self.name("s3:ListBucket"))))
    }
}
