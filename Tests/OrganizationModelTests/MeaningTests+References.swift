import JSONSource
import OrganizationModel
import Testing

// Files that several references lead to.
extension MeaningTests {
    /// Files beside `org.json`, and what is said of them.
    struct Shared: Sendable, CustomTestStringConvertible {
        let field: String
        let organization: String
        let content: String
        let message: String

        var testDescription: String { field }
    }

    @Test(
        "what exists once is told of where two references lead to it",
        arguments: [
            Shared(
                field: "unit",
                organization: organization(
                    root:
                        #""id": "r-ab12", "organizationalUnits": {"A": {"$ref": "x.json"}, "B": {"$ref": "x.json"}},"#
                ),
                content: #"{"id": "ou-ab12-aaaaaaaa"}"#,
                message: "the id 'ou-ab12-aaaaaaaa' is taken"
            ),
            Shared(
                field: "access key",
                organization: iam(
                    #"{"users": {"u": {"$ref": "x.json"}, "v": {"$ref": "x.json"}}}"#
                ),
                content: #"{"accessKeys": [{"id": "AKIAEXAMPLE00000000"}]}"#,
                message: "the access key 'AKIAEXAMPLE00000000' belongs to somebody already"
            ),
            Shared(
                field: "MFA device",
                organization: iam(
                    #"{"users": {"u": {"$ref": "x.json"}, "v": {"$ref": "x.json"}}}"#
                ),
                content: #"{"mfaDevices": ["GAHT12345678"]}"#,
                message: "the MFA device 'GAHT12345678' belongs to somebody already"
            ),
            Shared(
                field: "alias",
                organization:
                    #"{"externalAccounts": {"a": {"id": "111122223333", "iam": {"$ref": "x.json"}}, "b": {"id": "111122223334", "iam": {"$ref": "x.json"}}}}"#,
                content: #"{"accountAlias": "acme"}"#,
                message: "the account alias 'acme' is taken: an alias belongs to one account"
            ),
        ]
    )
    func sharedFiles(_ row: Shared) throws {
        let files = ["org.json": row.organization, "x.json": row.content]
        let reader = FileReader { path in
            files[path].map { .success(Array($0.utf8)) } ?? .failure(.notFound)
        }
        var documents = DocumentLoader(reader: reader, sources: SourceMap())
        let value = documents.load("org.json", namedAt: nil)
        #expect(documents.diagnostics == [])
        let parsed = OrganizationLoader.load(try #require(value))
        #expect(
            parsed.diagnostics.map(\.message) == [
                row.message + ": several '$ref' lead to this one place"
            ]
        )
        #expect(parsed.value == nil)
    }
}
