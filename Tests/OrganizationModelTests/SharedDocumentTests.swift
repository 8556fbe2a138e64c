import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// Documents that stand alike are read once, and each keeps its own places.
@Suite struct SharedDocumentTests {
    private static let trust =
        #"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ["111122223333", "arn:aws:iam::111122223333:role/Gone"]}, "Action": "sts:AssumeRole", "Condition": {"NumericEquals": {"aws:EpochTime": "soon"}}}]}"#

    private let text = #"""
        {"externalAccounts": {"app": {"id": "111122223333", "iam": {"roles": {
          "A": {"trustPolicy": \#(Self.trust), "inlinePolicies": {"p": \#(Text.allowAll)}},
          "B": {
            "trustPolicy": \#(Self.trust),
            "inlinePolicies": {"p": \#(Text.allowAll), "q": {"Version": "2012-10-17", "Statement": []}}
          }
        }}, "resources": {
          "arn:aws:s3:::one": {"policy": \#(Text.bucket)},
          "arn:aws:s3:::two": {"policy": \#(Text.bucket)}
        }}}}
        """#

    private func written(_ span: SourceSpan) -> String {
        String(decoding: Array(text.utf8)[Int(span.start)..<Int(span.end)], as: UTF8.self)
    }

    @Test("equal documents share one body, whatever has them")
    func sharesBodies() throws {
        let account = try #require(try parse(text).value?.account(named: "app"))
        let (one, two) = (try #require(account.role("A")), try #require(account.role("B")))
        #expect(one.trustPolicy.document.bodyID == two.trustPolicy.document.bodyID)
        #expect(one.trustPolicy.document != two.trustPolicy.document)
        #expect(one.identityPolicies[0].document.bodyID == two.identityPolicies[0].document.bodyID)
        #expect(two.identityPolicies[0].document.bodyID != two.identityPolicies[1].document.bodyID)
        let buckets = account.resources.compactMap(\.policy?.document)
        #expect(buckets.count == 2)
        #expect(Set(buckets.map(\.bodyID)).count == 1)
    }

    @Test("the same text under another grammar is another document")
    func separatesGrammars() throws {
        let text = #"""
            {"organization": {"managementAccount": "m"},
             "serviceControlPolicies": {"All": \#(Text.allowAll)},
             "root": {"serviceControlPolicies": ["All"], "accounts": {"m": {
               "id": "111122223333", "iam": {"managedPolicies": {"All": \#(Text.allowAll)}}
             }}}}
            """#
        let organization = try organization(text)
        let control = try #require(organization.nodes.first?.serviceControlPolicies.first)
        let managed = organization.accounts.first?.settings.managedPolicies["All"]
        #expect(control.document.bodyID != managed?.document.bodyID)
    }

    @Test("every place of a shared document is its own")
    func keepsPlaces() throws {
        let account = try #require(try parse(text).value?.account(named: "app"))
        var starts: Set<UInt32> = []
        for role in account.roles {
            let document = role.trustPolicy.document
            #expect(written(document.span) == Self.trust)
            let statement = try #require(document.statements.first)
            #expect(statement == document.statement(at: 0))
            #expect(document.span.covers(statement.span))
            #expect(written(statement.span).hasPrefix(#"{"Effect": "Allow""#))
            let principal = try #require(statement.principal)
            #expect(principal.spans.map(written) == principal.texts.map { "\"\($0)\"" })
            #expect(statement.conditions.map { written($0.span) } == [#""aws:EpochTime""#])
            starts.insert(statement.span.start)
        }
        #expect(starts.count == 2)
    }

    @Test("what there is to say about shared text is said at each of its places")
    func tellsEachPlace() throws {
        let parsed = try parse(text)
        for (code, place) in [
            ("policy.unreadable-value", #""soon""#),
            ("policy.missing-principal", #""arn:aws:iam::111122223333:role/Gone""#),
        ] {
            let told = parsed.diagnostics.filter { $0.code == code }
            #expect(told.map { written($0.span) } == [place, place], "\(code)")
            #expect(Set(told.map(\.span)).count == 2, "\(code)")
        }
    }
}
