import CommandLineTool
import Foundation
import JSONSource
import Testing

/// What the linter says of documents that others wrote: each finding in the lists was gone through
/// by hand, so a new one is a false alarm until somebody defends it.
///
/// The inputs lie beside the checkout and are not copied; a clone elsewhere skips this suite.
@Suite("Findings in published policies")
struct PublishedFindingsTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let inputs = tests.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/inputs").path()
    static let areThere = FileManager.default.fileExists(atPath: inputs)

    private static func findings(in folder: String) throws -> [String] {
        let path = inputs + "/" + folder
        let run = orgsim(["lint", "--root", path, "--format", "json", path])
        #expect(run.exitCode == .expectationFailed)
        return try (run.json()["findings"]?.elements ?? []).map { finding in
            let place = finding["location"]
            let file = place?["file"]?.string?.dropFirst(path.count + 1) ?? "?"
            let line = place?["line"].map { JSONOutput($0).compact } ?? "?"
            return "\(finding["check"]?.string ?? "?") \(file):\(line)"
        }
    }

    private static func known(in folder: String) throws -> [String] {
        let list = tests.appending(path: "PublishedPolicies/findings-in-\(folder).txt")
        return try String(contentsOf: list, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test("in the published policies, placeholders aside", .enabled(if: areThere))
    func policies() throws {
        let found = try Self.findings(in: "policies").filter { !$0.hasPrefix("placeholder-left ") }
        let known = try Self.known(in: "policies")
        #expect(found.filter { !known.contains($0) } == [], "new findings")
        #expect(known.filter { !found.contains($0) } == [], "findings that are gone")
    }

    @Test("in the exported organization, each planted defect among them", .enabled(if: areThere))
    func export() throws {
        let found = try Self.findings(in: "org-export")
        let known = try Self.known(in: "org-export")
        #expect(found.filter { !known.contains($0) } == [], "new findings")
        #expect(known.filter { !found.contains($0) } == [], "findings that are gone")
        for defect in Self.planted {
            #expect(found.contains { $0.hasPrefix(defect) }, "\(defect)")
        }
    }

    private static let planted = [
        "placeholder-left organizations/policy/SERVICE_CONTROL_POLICY/p-ympwdrvh/",
        "deny-locks-role-out organizations/policy/SERVICE_CONTROL_POLICY/p-l73cklrd/",
        "long-lived-access-key accounts/241289088933/iam/",
        "full-service-access accounts/241289088933/iam/",
        "trust-whole-account accounts/176370608373/iam/",
        "bucket-open-to-everyone accounts/111118118600/s3/",
        "username-ignores-path accounts/241289088933/iam/",
        "unit-without-region-lock organizations/ou/r-vvys/",
    ]
}
