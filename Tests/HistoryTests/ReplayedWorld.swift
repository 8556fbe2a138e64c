import Foundation
import History
import JSONSource
import OrganizationModel
import Scenarios
import Testing

/// An organization and overlays, and records replayed under them.
struct ReplayedWorld {
    let worlds: ReplayWorlds
    private let overlays: [String]

    /// Makes files of the overlays, called `1.json`, `2.json` and so on.
    init(_ organization: String, overlays: [String] = [], asksForAll: Bool = false) throws {
        var files = ["o.json": Array(organization.utf8)]
        let names = overlays.indices.map { "\($0 + 1).json" }
        for (name, text) in zip(names, overlays) { files[name] = Array(text.utf8) }
        let texts = files
        let sources = SourceMap()
        let loader = DocumentLoader(
            reader: FileReader { texts[$0].map { .success($0) } ?? .failure(.notFound) },
            sources: sources
        )
        var reader = ScenarioReader(loader: loader)
        let base = reader.world(path: "o.json", namedAt: nil)
        let others = names.map { reader.world(path: "o.json", overlays: [$0]) }
        #expect(reader.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
        let changed = try others.map { try #require($0) }
        let values = ([try #require(base)] + changed).map(\.state.value)
        worlds = ReplayWorlds(
            try #require(base).engine,
            overlays: changed.map(\.engine),
            reads: asksForAll ? ReadKeys(in: values).askingForAll : ReadKeys(in: values),
            sources: sources
        )
        self.overlays = names
    }

    var empty: ReplaySummary { ReplaySummary(organization: "o.json", overlays: overlays) }

    /// What comes of a file that is read in pieces of so many bytes.
    func replay(_ text: String, pieces: Int = 1 << 16, file: String = "e.json") -> ReplaySummary {
        var summary = empty
        var judge = HistoryJudge(worlds)
        let (blocks, isCutShort) = Cutting.blocks(of: Array(text.utf8), pieces: pieces)
        for block in blocks { judge.judge(block, of: file, to: &summary) }
        summary.add(file: file, problem: isCutShort ? "cut short" : nil, after: 0)
        return summary
    }
}

enum Cutting {
    static func blocks(of bytes: [UInt8], pieces: Int) -> (blocks: [RecordBlock], isCutShort: Bool)
    {
        var cutter = RecordCutter()
        var blocks: [RecordBlock] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + pieces)
            if let block = cutter.cut(Array(bytes[start..<end])) { blocks.append(block) }
            start = end
        }
        let rest = cutter.end()
        return (blocks + [rest.block].compactMap(\.self), rest.isCutShort)
    }

    /// The records as texts, and their numbers.
    static func records(_ text: String, pieces: Int = 1 << 16) -> [String] {
        blocks(of: Array(text.utf8), pieces: pieces).blocks.flatMap { block in
            block.cuts.map { String(decoding: block.bytes[$0.range], as: UTF8.self) }
        }
    }
}

/// The shared data beside the checkout; a clone elsewhere skips what needs it.
enum SharedInputs {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/inputs")
    static let areThere = FileManager.default.fileExists(atPath: folder.path())

    static func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }
}
