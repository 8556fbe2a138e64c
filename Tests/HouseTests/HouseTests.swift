import Foundation
import Testing

/// The map of the code in `Sources/README.md` held against the manifest and the imports.
@Suite struct HouseTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path()

    /// A room of the map: its name and the rooms it may import.
    struct Room: Sendable, CustomTestStringConvertible {
        let name: String
        let imports: Set<String>

        var testDescription: String { name }
    }

    /// Rows of the table: `| name | sentence | imports |`.
    static let rooms: [Room] = text("Sources/README.md").split(separator: "\n").compactMap { line in
        let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        guard line.hasPrefix("| `"), cells.count == 3 else { return nil }
        return Room(name: names(cells[0])[0], imports: Set(names(cells[2])))
    }

    @Test("the map lists every room of the manifest, and nothing else")
    func mapMatchesManifest() {
        let targets = Self.targets.map(\.name)
        #expect(Set(Self.rooms.map(\.name)) == Set(targets))
        #expect(Self.rooms.count == targets.count)
    }

    @Test("a room depends in the manifest on what the map says", arguments: rooms)
    func dependenciesMatchMap(room: Room) {
        #expect(Self.targets.first { $0.name == room.name }?.imports == room.imports)
    }

    @Test("a room imports only what the map allows", arguments: rooms)
    func importsStayInside(room: Room) {
        let known = Set(Self.rooms.map(\.name))
        let folder = room.name == "orgsim-benchmarks" ? "Benchmarks" : room.name
        for file in Self.files(below: "Sources/\(folder)") {
            for line in Self.text(file).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place < 2, words.count > place + 1
                else { continue }
                let module = String(words[place + 1])
                guard known.contains(module) else { continue }
                #expect(room.imports.contains(module), "\(file) imports \(module)")
            }
        }
    }

    @Test("below the command line nothing imports what reads files, clocks or the environment")
    func coreIsPure() {
        let impure = ["Foundation", "FoundationEssentials", "Glibc", "Darwin"]
        for room in Self.rooms
        where !["CommandLineTool", "orgsim", "orgsim-benchmarks"].contains(room.name) {
            for file in Self.files(below: "Sources/\(room.name)") {
                for module in impure {
                    #expect(!Self.text(file).contains("import \(module)\n"), "\(file)")
                }
            }
        }
    }

    @Test("a room in C holds constants: it includes nothing but its own header")
    func dataRoomsHoldConstants() {
        let sources = Self.files(below: "Sources", ending: ".c")
        #expect(sources == ["Sources/CatalogData/CatalogData.c"])
        for file in sources {
            let includes = Self.text(file).matches(of: /#include (.*)/).map { String($0.1) }
            #expect(includes == ["\"CatalogData.h\""], "\(file)")
        }
    }

    @Test("the manifest names no outside package")
    func manifestNamesNoPackage() {
        #expect(!Self.text("Package.swift").contains(".package("))
    }

    @Test("no file of the sources is longer than 600 lines")
    func filesAreShort() {
        for file in Self.files(below: "Sources") {
            #expect(Self.text(file).split(separator: "\n").count <= 600, "\(file)")
        }
    }

    @Test(
        "links of the project's pages lead somewhere",
        arguments: [
            "README.md", "Sources/README.md", "Scenarios/README.md",
            "Scenarios/Guide/coverage-and-faults.md", "Scenarios/Guide/explaining.md",
            "Scenarios/Guide/importing.md", "Scenarios/Guide/linting.md",
            "Scenarios/Guide/mistakes-and-limits.md", "Scenarios/Guide/recorded-calls.md",
            "Scenarios/Guide/requests.md",
        ]
    )
    func linksAreAlive(page: String) {
        let folder = page.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        for match in Self.text(page).matches(of: /\]\(([^):#]+)\)/) {
            let target = Self.project + folder + match.1
            #expect(FileManager.default.fileExists(atPath: target), "\(page): \(match.1)")
        }
    }
}

extension HouseTests {
    private static func text(_ path: String) -> String {
        guard let data = FileManager.default.contents(atPath: project + path) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }

    /// The names between backticks.
    private static func names(_ text: String) -> [String] {
        text.matches(of: /`([^`]+)`/).map { String($0.1) }
    }

    private static func files(below folder: String, ending: String = ".swift") -> [String] {
        let paths =
            FileManager.default.enumerator(atPath: project + folder)?
            .compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(ending) }.sorted().map { folder + "/" + $0 }
    }

    /// Rooms and executables of the manifest with what they depend on.
    private static var targets: [Room] {
        let manifest = text("Package.swift")
        let sources = manifest.components(separatedBy: "targets: [").dropFirst()
            .joined(separator: "targets: [")
        var found: [Room] = []
        for match in sources.matches(of: /room\(\s*"([^"]+)"(?:,\s*imports: \[([^\]]*)\])?/) {
            found.append(Room(name: String(match.1), imports: quoted(match.2 ?? "")))
        }
        for match in sources.matches(of: /data\(\s*"([^"]+)"/) {
            found.append(Room(name: String(match.1), imports: []))
        }
        let executable = /executableTarget\(\s*name: "([^"]+)",\s*dependencies: \[([^\]]*)\]/
        for match in sources.matches(of: executable) {
            found.append(Room(name: String(match.1), imports: quoted(match.2)))
        }
        return found
    }

    private static func quoted(_ text: Substring) -> Set<String> {
        Set(text.matches(of: /"([^"]+)"/).map { String($0.1) })
    }
}
