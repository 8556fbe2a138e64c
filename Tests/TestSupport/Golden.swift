import Foundation

/// Texts that are compared whole; `UPDATE_GOLDENS=1` writes them anew, to be read by somebody.
package enum Golden {
    /// Whether texts that read otherwise are to be written anew.
    package static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil

    /// The text of a file in the folder `Goldens` beside a test, where need be after it was written.
    package static func text(
        _ name: String,
        madeFrom text: String,
        beside test: String = #filePath
    ) throws -> String? {
        let file = URL(filePath: test).deletingLastPathComponent().appending(path: "Goldens")
            .appending(path: name)
        if isUpdating { try Data(text.utf8).write(to: file) }
        return (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    }
}
