import Foundation
import Testing

/// Texts that are compared whole; `UPDATE_GOLDENS=1` writes them anew, to be read by somebody.
enum Golden {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Goldens")

    static func expect(_ text: String, _ name: String) throws {
        let file = folder.appending(path: name + ".txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
            try Data(text.utf8).write(to: file)
        }
        let data = try? Data(contentsOf: file)
        let golden = data.map { String(decoding: $0, as: UTF8.self) }
        #expect(text == golden, "\(name) reads otherwise; UPDATE_GOLDENS=1 writes it")
    }
}
