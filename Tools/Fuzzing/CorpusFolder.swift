import Foundation

/// Where the files of a corpus come from.
package enum CorpusFolder {
    private static let endings = [".json", ".tsv", ".ndjson"]

    /// The contents of the files below some folders, by path.
    package static func files(_ folders: [String]) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for folder in folders {
            let names = FileManager.default.enumerator(atPath: folder)?
                .compactMap { $0 as? String }
            for name in names ?? [] where endings.contains(where: { name.hasSuffix($0) }) {
                let path = folder + "/" + name
                files[path] = FileManager.default.contents(atPath: path).map { Array($0) }
            }
        }
        return files
    }
}
