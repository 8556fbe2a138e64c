import JSONSource
import Linting
import OrganizationModel
import Testing

/// What a document on its own is taken for.
@Suite("Guesses at the kind of a policy")
struct GuessTests {
    @Test(
        "words of the path tell policies of endpoints and controls from those of resources",
        arguments: [
            ("vpce/s3.json", PolicyKind.endpointPolicy), ("s3-endpoints.json", .endpointPolicy),
            ("EndpointS3.json", .endpointPolicy), ("SourceVpcRcp.json", .resourceControlPolicy),
            ("LogBucket.json", .resourcePolicy), ("Pendpoint.json", .resourcePolicy),
        ]
    )
    func words(path: String, kind: PolicyKind) throws {
        let text = Example.statement(
            .resourcePolicy,
            #"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}"#
        )
        .plain
        let reader = FileReader { _ in .success(Array(text.utf8)) }
        var loader = DocumentLoader(reader: reader, sources: SourceMap())
        let loaded = loader.load(path, namedAt: nil)
        let value = try #require(loaded)
        #expect(PolicyKind(guessedFrom: value, path: path) == kind)
    }
}
