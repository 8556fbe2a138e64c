import PolicyLanguage
import ServiceCatalog
import Testing

/// The actions that an entry of `Action` covers.
@Suite struct ActionExpansionTests {
    private static func names(_ pattern: String) throws -> [String] {
        let pattern = try #require(ActionPattern(pattern))
        return ServiceCatalog.actions(matching: pattern).map(\.qualifiedName)
    }

    @Test(
        "a pattern covers actions, in any case",
        arguments: [
            ("sqs:ReceiveMessage", ["sqs:ReceiveMessage"]),
            ("SQS:receivemessage", ["sqs:ReceiveMessage"]),
            ("sqs:*Permission", ["sqs:AddPermission", "sqs:RemovePermission"]),
            ("sqs:GETQUEUE*", ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"]),
            ("sqs:GetQueueUr?", ["sqs:GetQueueUrl"]),
            ("sqs:GetQueueUrl?", []),
            ("sqs:GetQueueUrl*", ["sqs:GetQueueUrl"]),
            ("*:AssumeRole", ["sts:AssumeRole"]),
            ("nosuch:*", []),
            ("sqs:NoSuch*", []),
        ]
    )
    func expansion(pattern: String, expected: [String]) throws {
        #expect(try Self.names(pattern) == expected)
    }

    @Test("a star covers every action", arguments: ["*", "*:*"])
    func everything(pattern: String) throws {
        #expect(try Self.names(pattern).count == 22_321)
    }

    @Test(
        "expansion and matching agree",
        arguments: ["s3:Get*", "s3:*Object*", "s3:*", "s3:G?t*Tagging", "*:TagResource"]
    )
    func agreesWithMatching(text: String) throws {
        let pattern = try #require(ActionPattern(text))
        let services = pattern.service.map { [$0] } ?? ServiceCatalog.services.map(\.prefix)
        let expected = services.compactMap(ServiceCatalog.service).flatMap(\.actions)
            .map(\.qualifiedName).filter { ActionName($0).map(pattern.matches) == true }
        #expect(!expected.isEmpty)
        #expect(try Self.names(text) == expected)
    }
}
