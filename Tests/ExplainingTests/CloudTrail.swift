import Foundation
import JSONSource
import Testing

/// The CloudTrail records that lie beside the checkout; a clone elsewhere has none.
enum CloudTrail {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/inputs/cloudtrail").path()

    static let areThere = FileManager.default.fileExists(atPath: folder)

    static func records(in files: [String]? = nil) throws -> [(file: String, record: JSONValue)] {
        let found = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".json") }.sorted()
        return try (files ?? found).flatMap { file in
            let data = try #require(FileManager.default.contents(atPath: folder + "/" + file))
            let value = try #require(JSONParser.parse(Array(data), file: 0).value)
            let records = try #require(value["Records"]?.elements)
            return records.map { (file, $0) }
        }
    }
}
