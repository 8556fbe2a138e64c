import Foundation
import Importing
import JSONSource
import OrganizationModel
import PolicyLanguage
import Testing

/// An organization cut into files, held against the whole one.
@Suite struct OrganizationFilesTests {
    private static let fixture = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/export")

    /// The files read again as one organization.
    private func load(_ files: [OrganizationFiles.File]) -> Parsed<Organization?> {
        let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) })
        let reader = FileReader { path in
            texts[path].map { .success($0) } ?? .failure(.notFound)
        }
        var loader = DocumentLoader(reader: reader, sources: SourceMap())
        let value = loader.load(OrganizationFiles.main, namedAt: nil)
        #expect(loader.diagnostics.map(\.message) == [])
        return value.map { OrganizationLoader.load($0) } ?? Parsed(nil, loader.diagnostics)
    }

    private func value(_ text: String) throws -> JSONValue {
        try #require(JSONParser.parse(Array(text.utf8), file: 0).value)
    }

    @Test("cut into files it is the organization it was")
    func sameOrganization() throws {
        let export = ImportedExport(folder: Self.fixture)
        let files = OrganizationFiles(try #require(export.value)).files
        let cut = try #require(load(files).value)
        let whole = try #require(export.organization)
        #expect(cut.accounts.map(\.name).sorted() == whole.accounts.map(\.name).sorted())
        for account in whole.accounts {
            let other = try #require(cut.account(account.id))
            #expect(
                other.roles.map(\.arn.description).sorted()
                    == account.roles.map(\.arn.description).sorted()
            )
            #expect(other.users.map(\.name).sorted() == account.users.map(\.name).sorted())
            let policies = { (account: Account) in
                account.resources.filter { $0.policy != nil }.map(\.arn.description).sorted()
            }
            #expect(policies(other) == policies(account))
            for role in account.roles {
                let twin = try #require(other.role(role.name))
                let names = { (role: IAMRole) in
                    role.identityPolicies.map { $0.name ?? "" }.sorted()
                }
                #expect(names(twin) == names(role))
            }
        }
        #expect(cut.nodes.map(\.path).sorted() == whole.nodes.map(\.path).sorted())
    }

    @Test("the files hang on what the export says, not on the order of its lists")
    func order() throws {
        let export = ImportedExport(folder: Self.fixture)
        var files: [String: String] = [:]
        let below = FileManager.default.enumerator(atPath: Self.fixture.path())
        for path in below?.compactMap({ $0 as? String }) ?? [] where path.contains(".") {
            let data = FileManager.default.contents(
                atPath: Self.fixture.appending(path: path).path()
            )
            guard let data, !data.isEmpty else { continue }
            let value = JSONParser.parse([UInt8](data), file: 0).value
            let turned = value.map { JSONOutput(reversed($0)).pretty }
            files[path] = path.hasSuffix(".json") ? turned : String(decoding: data, as: UTF8.self)
        }
        let other = ImportedExport(files)
        let (first, second) = (try #require(export.value), try #require(other.value))
        #expect(JSONOutput(first).compact != JSONOutput(second).compact)
        let texts = { (value: JSONValue) in
            OrganizationFiles(value).files.map {
                "\($0.path)\n\(String(decoding: $0.text, as: UTF8.self))"
            }
        }
        #expect(texts(first) == texts(second))
    }

    /// Lists turned around, but for those inside of policies.
    private func reversed(_ value: JSONValue) -> JSONValue {
        switch value.content {
        case .array(let elements):
            return JSONValue(.array(elements.reversed().map(reversed)), at: value.span)
        case .object(let members) where value["Statement"] == nil:
            return JSONValue(
                .object(members.map { $0.replacing(reversed($0.value)) }),
                at: value.span
            )
        default: return value
        }
    }

    @Test("names that file systems take amiss, or for one, become files of their own")
    func names() throws {
        let names = [
            "a/b", "Data", "data", "con", "..", "-x", "ümlaut", String(repeating: "x", count: 300),
        ]
        let accounts = names.enumerated().map { number, name in
            #""\#(name)": {"id": "\#(100_000_000_000 + number)"}"#
        }
        let text = #"{"externalAccounts": {\#(accounts.joined(separator: ","))}}"#
        let files = OrganizationFiles(try value(text)).files
        let paths = files.map(\.path)
        #expect(paths.count == names.count + 1)
        #expect(Set(paths.map { $0.lowercased() }).count == paths.count)
        for path in paths where path != OrganizationFiles.main {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            #expect(parts.count == 2 && parts[0] == "accounts", "\(path)")
            #expect(path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }, "\(path)")
            #expect(!parts[1].hasPrefix(".") && !parts[1].hasPrefix("-") && parts[1] != "con.json")
            #expect(parts[1].utf8.count < 128)
        }
        #expect(load(files).value?.accounts.count == names.count)
    }

    @Test("a policy that two accounts have alike is one file, and a short one stays where it is")
    func sharing() throws {
        func account(_ id: String, _ bucket: String, _ sid: String) -> String {
            let policy = """
                {"Version": "2012-10-17", "Statement": [{"Sid": "\(sid)", "Effect": "Allow", "Action":
                ["s3:GetObject", "s3:ListBucket", "s3:PutObject", "s3:DeleteObject"],
                "Resource": "arn:aws:s3:::\(bucket)/somewhere/below/here/*"}]}
                """
            let short = #"{"Version": "2012-10-17", "Statement": []}"#
            return """
                {"id": "\(id)", "iam": {"managedPolicies": {"P": {"document": \(policy)},
                "Q": {"document": \(short)}}}}
                """
        }
        let text = """
            {"externalAccounts": {"a": \(account("100000000001", "b", "One")),
            "b": \(account("100000000002", "b", "One")), "c": \(account("100000000003", "b", "Two"))}}
            """
        let files = OrganizationFiles(try value(text)).files
        #expect(
            files.map(\.path) == [
                "accounts/a.json", "accounts/b.json", "accounts/c.json", "organization.json",
                "policies/managed/P.json",
            ]
        )
        let first = String(decoding: files[0].text, as: UTF8.self)
        #expect(first.contains(##""document": {"$ref": "../policies/managed/P.json"}"##))
        #expect(String(decoding: files[2].text, as: UTF8.self).contains("Two"))
        #expect(load(files).value?.accounts.count == 3)
    }
}
