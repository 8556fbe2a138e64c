import Foundation
import JSONSource
import OrganizationModel
import Testing

/// Reads an organization from text, with everything there is to say about it.
func parse(_ text: String) throws -> Parsed<Organization?> {
    let json = JSONParser.parse(Array(text.utf8), file: 0)
    #expect(json.diagnostics.map(\.message) == [])
    return OrganizationLoader.load(try #require(json.value))
}

/// An organization that loads with no more than the given warnings.
func organization(_ text: String, warnings: [String] = []) throws -> Organization {
    let parsed = try parse(text)
    #expect(parsed.diagnostics.map(\.message) == warnings)
    return try #require(parsed.value)
}

/// The one account of a file that has no organization.
func account(iam: String = "{}", resources: String = "{}", fields: String = "") throws -> Account {
    let text = #"""
        {"externalAccounts": {"app": {
          "id": "111122223333", "iam": \#(iam), "resources": \#(resources)\#(fields)
        }}}
        """#
    return try #require(try organization(text).account(named: "app"))
}

/// Documents of policies as rows of tests write them.
enum Text {
    static let allowAll =
        #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#
    static let trust =
        #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}}"#
    static let bucket =
        #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}"#
}

/// The conformance suite, which lies beside this folder.
enum ConformanceSuite {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Conformance").path(percentEncoded: false)

    /// The files below a folder of the suite, read as if that folder were the root.
    static func reader(_ name: String) -> FileReader {
        let root = folder + "/" + name + "/"
        return FileReader { path in
            if path.hasPrefix("/") || path.hasPrefix("..") { return .failure(.outsideRoot(name)) }
            return FileManager.default.contents(atPath: root + path).map { .success(Array($0)) }
                ?? .failure(.notFound)
        }
    }

    static func files(_ name: String) -> [String] {
        let found = try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + name)
        return (found ?? []).filter { $0.hasSuffix(".json") }.sorted()
    }
}
