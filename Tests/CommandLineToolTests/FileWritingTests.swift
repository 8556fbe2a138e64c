import CommandLineTool
import Foundation
import Testing

/// Files that a verb writes on a real machine: whole or not at all, and nothing else is replaced.
@Suite("Files that are written")
struct FileWritingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder(["old.html": "old", "below/real.html": "real"])
    }

    private func write(_ text: String, to name: String) throws {
        try SystemInterface.process.writeFile(Array(text.utf8), folder[name])
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: folder[name], encoding: .utf8)
    }

    @Test("a new file, and one that is replaced, leave nothing beside them")
    func files() throws {
        try write("new", to: "new.html")
        try write("newer", to: "old.html")
        #expect(try text("new.html") == "new")
        #expect(try text("old.html") == "newer")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == ["below", "new.html", "old.html"])
    }

    @Test("a link stays one, and what it leads to is replaced")
    func links() throws {
        try folder.link("link.html", to: folder["below/real.html"])
        try write("new", to: "link.html")
        let link = try FileManager.default.destinationOfSymbolicLink(atPath: folder["link.html"])
        #expect(link == folder["below/real.html"])
        #expect(try text("below/real.html") == "new")
    }

    @Test("a folder and a pipe that nobody reads stay as they are")
    func others() throws {
        #expect(mkfifo(folder["pipe"], 0o600) == 0)
        for name in ["below", "pipe", "missing/x.html"] {
            #expect(throws: SystemProblem.self) { try write("new", to: name) }
        }
        let kind = try FileManager.default.attributesOfItem(atPath: folder["pipe"])[.type]
        #expect(kind as? FileAttributeType != .typeRegular)
    }

    @Test("who may read a file stays as it was")
    func modes() throws {
        let path = folder["old.html"]
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try write("new", to: "old.html")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test("a pipe that is read slowly gets all there is")
    func slowReader() async throws {
        #expect(mkfifo(folder["slow"], 0o600) == 0)
        let path = folder["slow"]
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        let text = String(repeating: "x", count: 200_000)
        let written = Task.detached {
            try SystemInterface.process.writeFile(Array(text.utf8), path)
        }
        var count = 0
        var chunk = [UInt8](repeating: 0, count: 10_000)
        // Nothing to read is not the end; whoever gets it all is done in a moment.
        for _ in 0..<20_000 where count < 200_000 {
            let taken = read(reader, &chunk, chunk.count)
            if taken > 0 { count += taken }
            try await Task.sleep(for: .milliseconds(1))
        }
        close(reader)
        try await written.value
        #expect(count == 200_000)
    }

    @Test("a device is written into and stays a device")
    func devices() throws {
        try SystemInterface.process.writeFile(Array("x".utf8), "/dev/null")
        let kind = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
        #expect(kind as? FileAttributeType == .typeCharacterSpecial)
    }
}
