import Foundation
import Linting
import Testing

/// What AWS refuses in a policy is a finding of some check, whatever its code.
@Suite struct GrammarCodeTests {
    @Test("every error code of policies is taken up by a check")
    func codesAreTakenUp() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Scenarios/diagnostics.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let errors = text.matches(of: /`(policy\.[a-z-]+)` \| error/).map { String($0.1) }
        #expect(errors.count > 20)
        let known = Check.all.reduce(into: Set<String>()) { codes, check in
            if case .reading(let read) = check.inspection { codes.formUnion(read) }
        }
        #expect(Set(errors).subtracting(known) == [])
    }
}
