import Foundation
import JSONSource
import OrganizationModel
import Testing

/// The fixture with one answer after the other missing or turned into something else.
@Suite struct DamagedExportTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/export")

    private static let files: [String: String] = {
        let below = FileManager.default.enumerator(atPath: folder.path())
        var files: [String: String] = [:]
        for path in below?.compactMap({ $0 as? String }) ?? [] {
            guard !path.hasSuffix("/"), path.contains("."),
                let data = FileManager.default.contents(atPath: folder.appending(path: path).path())
            else { continue }
            files[path] = String(decoding: data, as: UTF8.self)
        }
        return files
    }()

    @Test("whatever single answer is missing, the rest loads")
    func missingAnswers() {
        #expect(Self.files.count > 80)
        for path in Self.files.keys.sorted() {
            var files = Self.files
            files[path] = nil
            let export = ImportedExport(files)
            #expect(export.organization != nil, "\(path)\n\(export.lines(export.loaded))")
            #expect(!export.imported.hasErrors, "\(path)")
        }
    }

    @Test(
        "whatever single answer is of another kind, the rest loads",
        arguments: ["{}", #"[null, {"Arn": 1}, "x"]"#]
    )
    func otherAnswers(_ text: String) {
        for path in Self.files.keys.sorted() {
            var files = Self.files
            files[path] = text
            let export = ImportedExport(files)
            #expect(export.organization != nil, "\(path)\n\(export.lines(export.loaded))")
        }
    }

    @Test("an answer that is cut off is an error in its file")
    func cutAnswers() {
        for path in Self.files.keys.sorted() where path.hasSuffix(".json") {
            var files = Self.files
            files[path] = Self.files[path].map { String($0.prefix($0.count / 2)) }
            let export = ImportedExport(files)
            let errors = export.lines(export.imported.filter { $0.severity == .error })
            #expect(errors.first?.hasPrefix("export/\(path):") == true, "\(path)\n\(errors)")
        }
    }
}
