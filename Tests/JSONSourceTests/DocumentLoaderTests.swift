import JSONSource
import Synchronization
import Testing

/// Files that exist only in memory, and how often each was read.
final class MemoryFiles: Sendable {
    private let files: [String: String]
    private let reads = Mutex<[String: Int]>([:])

    init(_ files: [String: String]) {
        self.files = files
    }

    var reader: FileReader {
        FileReader { path in
            self.reads.withLock { $0[path, default: 0] += 1 }
            if path.hasPrefix("..") { return .failure(.outsideRoot("here")) }
            return self.files[path].map { .success(Array($0.utf8)) } ?? .failure(.notFound)
        }
    }

    func timesRead(_ path: String) -> Int { reads.withLock { $0[path, default: 0] } }
}

/// Loads `main.json`, or another file, and gives the result with all problems as text.
private func load(
    _ files: MemoryFiles,
    _ path: String = "main.json"
) -> (value: String?, problems: [String]) {
    let sources = SourceMap()
    var loader = DocumentLoader(reader: files.reader, sources: sources)
    let value = loader.load(path, namedAt: nil)
    let problems = loader.diagnostics.map { diagnostic in
        let place = sources.location(of: diagnostic.span)?.description ?? "nowhere"
        return "\(place): \(diagnostic.message)"
    }
    return (value.map { JSONOutput($0).compact }, problems)
}

@Suite("DocumentLoader")
struct DocumentLoaderTests {
    struct Resolved: CustomTestStringConvertible {
        let what: String
        let files: [String: String]
        var path = "main.json"
        let value: String

        var testDescription: String { what }
    }

    @Test(
        "a reference is replaced by what it points to",
        arguments: [
            Resolved(
                what: "a file beside",
                files: ["main.json": #"{"a": {"$ref": "b.json"}}"#, "b.json": "[1]"],
                value: #"{"a":[1]}"#
            ),
            Resolved(
                what: "a file in a folder, whose own references start there",
                files: [
                    "main.json": #"{"$ref": "x/b.json"}"#,
                    "x/b.json": #"{"up": {"$ref": "../c.json"}, "beside": {"$ref": "./d.json"}}"#,
                    "c.json": "1", "x/d.json": "2",
                ],
                value: #"{"up":1,"beside":2}"#
            ),
            Resolved(
                what: "the main file in a folder",
                files: ["x/y/main.json": #"[{"$ref": "../b.json"}]"#, "x/b.json": "true"],
                path: "x/y/main.json",
                value: "[true]"
            ),
            Resolved(
                what: "a pointer into another file",
                files: [
                    "main.json": ##"{"a": {"$ref": "b.json#/p/1/x~1y"}}"##,
                    "b.json": #"{"p": [0, {"x/y": "found"}]}"#,
                ],
                value: #"{"a":"found"}"#
            ),
            Resolved(
                what: "a pointer into the same file",
                files: ["main.json": ##"{"a": {"$ref": "#/b"}, "b": {"c": 1}}"##],
                value: #"{"a":{"c":1},"b":{"c":1}}"#
            ),
            Resolved(
                what: "an empty pointer",
                files: ["main.json": ##"[{"$ref": "b.json#"}]"##, "b.json": "3"],
                value: "[3]"
            ),
            Resolved(
                what: "a reference that leads to a reference",
                files: [
                    "main.json": #"{"$ref": "b.json"}"#, "b.json": ##"{"$ref": "c.json#/x"}"##,
                    "c.json": #"{"x": {"y": {"$ref": "d.json"}}}"#, "d.json": "null",
                ],
                value: #"{"y":null}"#
            ),
            Resolved(
                what: "the same target twice is no cycle",
                files: [
                    "main.json":
                        ##"[{"$ref": "#/1/x"}, {"x": {"$ref": "b.json"}}, {"$ref": "b.json"}]"##,
                    "b.json": "{}",
                ],
                value: #"[{},{"x":{}},{}]"#
            ),
        ]
    )
    func references(_ row: Resolved) {
        let loaded = load(MemoryFiles(row.files), row.path)
        #expect(loaded.problems == [])
        #expect(loaded.value == row.value)
    }

    struct Refused: CustomTestStringConvertible {
        let what: String
        let files: [String: String]
        let problems: [String]

        var testDescription: String { what }
    }

    @Test(
        "a reference that cannot be followed is reported where it stands",
        arguments: [
            Refused(
                what: "a file that is not there",
                files: ["main.json": #"{"a": {"$ref": "x/b.json"}}"#],
                problems: ["main.json:1:16: there is no file 'x/b.json'"]
            ),
            Refused(
                what: "a file outside the root",
                files: ["main.json": #"{"a": {"$ref": "../b.json"}}"#],
                problems: [
                    "main.json:1:16: '../b.json' lies outside the root folder 'here'; --root names a wider one"
                ]
            ),
            Refused(
                what: "an absolute path",
                files: ["main.json": #"{"a": {"$ref": "/etc/passwd"}}"#],
                problems: ["main.json:1:16: '$ref' takes a relative path, not '/etc/passwd'"]
            ),
            Refused(
                what: "a reference that is no text",
                files: ["main.json": #"{"a": {"$ref": 7}}"#],
                problems: ["main.json:1:16: '$ref' must be a string, not a number"]
            ),
            Refused(
                what: "a pointer to nothing",
                files: ["main.json": ##"{"a": {"$ref": "b.json#/x"}}"##, "b.json": #"{"y": 1}"#],
                problems: ["main.json:1:16: 'b.json#/x' points to nothing in that file"]
            ),
            Refused(
                what: "a pointer that is none",
                files: ["main.json": ##"{"a": {"$ref": "#/~"}}"##],
                problems: ["main.json:1:16: '#/~' points to nothing in that file"]
            ),
            Refused(
                what: "a member beside the reference",
                files: ["main.json": #"{"a": {"$ref": "b.json", "x": 1}}"#, "b.json": "{}"],
                problems: [
                    "main.json:1:26: 'x' cannot stand beside '$ref', which replaces the whole object"
                ]
            ),
            Refused(
                what: "a value that refers to itself",
                files: ["main.json": ##"{"a": {"$ref": "#/a"}}"##],
                problems: ["main.json:1:16: cycle of references: '#/a' leads back to itself"]
            ),
            Refused(
                what: "a value inside itself",
                files: ["main.json": ##"{"a": {"b": {"$ref": "#/a"}}}"##],
                problems: ["main.json:1:22: cycle of references: '#/a' leads back to itself"]
            ),
            Refused(
                what: "a cycle over two files",
                files: [
                    "main.json": #"{"a": {"$ref": "b.json"}}"#,
                    "b.json": ##"{"c": {"$ref": "main.json#/a"}}"##,
                ],
                problems: ["main.json:1:16: cycle of references: 'b.json' leads back to itself"]
            ),
            Refused(
                what: "a file that is no JSON, named twice, read and reported once",
                files: [
                    "main.json": #"[{"$ref": "b.json"}, {"$ref": "b.json"}]"#,
                    "b.json": "{\n  oops }",
                ],
                problems: ["b.json:2:3: expected a key in quotation marks, found 'oops'"]
            ),
            Refused(
                what: "a missing file is reported at each place that names it",
                files: ["main.json": #"[{"$ref": "b.json"}, {"$ref": "b.json"}]"#],
                problems: [
                    "main.json:1:11: there is no file 'b.json'",
                    "main.json:1:31: there is no file 'b.json'",
                ]
            ),
        ]
    )
    func refusedReferences(_ row: Refused) {
        #expect(load(MemoryFiles(row.files)).problems.sorted() == row.problems.sorted())
    }

    @Test("a file is read once, however many references lead into it")
    func readsOnce() {
        let files = MemoryFiles([
            "main.json": ##"[{"$ref": "b.json"}, {"$ref": "b.json#/x"}, {"$ref": "./b.json"}]"##,
            "b.json": #"{"x": 1}"#,
        ])
        let loaded = load(files)
        #expect(loaded.problems == [])
        #expect(loaded.value == #"[{"x":1},1,{"x":1}]"#)
        #expect(files.timesRead("b.json") == 1)
    }

    @Test("a file that is not there reads as nothing, with an error in its name")
    func missingMainFile() {
        let loaded = load(MemoryFiles([:]))
        #expect(loaded.value == nil)
        #expect(loaded.problems == ["main.json:1:1: there is no file 'main.json'"])
    }

    @Test("values keep the place they were read from, not the place of the reference")
    func spansOfReferencedValues() throws {
        let files = MemoryFiles(["main.json": #"{"a": {"$ref": "b.json"}}"#, "b.json": "\n [1]"])
        let sources = SourceMap()
        var loader = DocumentLoader(reader: files.reader, sources: sources)
        let loaded = loader.load("main.json", namedAt: nil)
        let span = try #require(loaded?["a"]?.span)
        #expect(sources.location(of: span)?.description == "b.json:2:2")
    }

    @Test("file gives references as they stand")
    func unresolved() {
        let files = MemoryFiles(["main.json": #"{"a": {"$ref": "b.json"}}"#])
        var loader = DocumentLoader(reader: files.reader, sources: SourceMap())
        let value = loader.file("main.json", namedAt: nil)
        #expect(value.map { JSONOutput($0).compact } == #"{"a":{"$ref":"b.json"}}"#)
        #expect(loader.diagnostics.isEmpty)
    }
}

@Suite("FilePath")
struct FilePathTests {
    struct Joined: CustomTestStringConvertible {
        let reference: String
        let file: String
        let path: String

        init(_ reference: String, from file: String, is path: String) {
            self.reference = reference
            self.file = file
            self.path = path
        }

        var testDescription: String { "\(reference) from \(file)" }
    }

    @Test(
        "a reference is seen from the folder of the file that holds it",
        arguments: [
            Joined("b.json", from: "a.json", is: "b.json"),
            Joined("b.json", from: "x/a.json", is: "x/b.json"),
            Joined("../b.json", from: "x/a.json", is: "b.json"),
            Joined("../b.json", from: "a.json", is: "../b.json"),
            Joined("../../b.json", from: "x/a.json", is: "../b.json"),
            Joined("./y/../b.json", from: "x/a.json", is: "x/b.json"),
            Joined("b.json", from: "../x/a.json", is: "../x/b.json"),
            Joined("b.json", from: "/x/a.json", is: "/x/b.json"),
            Joined("../../../b.json", from: "/x/a.json", is: "/b.json"),
            Joined("/b.json", from: "x/a.json", is: "/b.json"),
            Joined("y//b.json", from: "x//a.json", is: "x/y/b.json"),
        ]
    )
    func joins(_ row: Joined) {
        #expect(FilePath.join(row.reference, relativeTo: row.file) == row.path)
    }

    @Test("a member of a large object is found by its name, the first where it stands twice")
    func largeObject() {
        let members = (0..<200).map { #""k\#($0)": \#($0)"# }.joined(separator: ",")
        let text = ##"{"x": {\##(members)}, "y": [{"$ref": "#/x/k7"}, {"$ref": "#/x/k199"}]}"##
        let bytes = Array(text.utf8)
        var loader = DocumentLoader(
            reader: FileReader { _ in .success(bytes) },
            sources: SourceMap()
        )
        let value = loader.load("a.json", namedAt: nil)
        #expect(loader.diagnostics.isEmpty)
        #expect(value?["y"].map { JSONOutput($0).compact } == "[7,199]")
    }

    @Test("an element of a large list is found by its place, and there is none behind the last")
    func largeList() {
        let list = (0..<200).map { "\($0)" }.joined(separator: ",")
        let references = ["7", "199", "200", "07", "-1", "7"].map { ##"{"$ref": "#/x/\##($0)"}"## }
        let bytes = Array(
            #"{"x": [\#(list)], "y": [\#(references.joined(separator: ","))]}"#.utf8
        )
        var loader = DocumentLoader(
            reader: FileReader { _ in .success(bytes) },
            sources: SourceMap()
        )
        let value = loader.load("a.json", namedAt: nil)
        #expect(loader.diagnostics.map(\.code) == [String](repeating: "ref.invalid", count: 3))
        #expect(value?["y"].map { JSONOutput($0).compact } == "[7,199,{},{},{},7]")
    }

    @Test("beyond a hundred thousand mistakes of all files it is said that there are more")
    func manyMistakes() {
        let bytes = Array(("[" + String(repeating: "nope x,", count: 1_100) + "1]").utf8)
        var loader = DocumentLoader(
            reader: FileReader { _ in .success(bytes) },
            sources: SourceMap()
        )
        for file in 0..<102 { _ = loader.load("\(file).json", namedAt: nil) }
        #expect(loader.diagnostics.count == DocumentLoader.diagnosticLimit + 1)
        #expect(loader.diagnostics.last?.code == "limit.diagnostics")
        #expect(loader.diagnostics.dropLast().allSatisfy { $0.code != "limit.diagnostics" })
    }
}
