import Importing
import JSONSource
import OrganizationModel

/// A folder that imports are written to; it keeps a list of what the last one wrote.
struct ImportedFolder {
    private let path: String
    private let system: SystemInterface

    /// The list: the digest of each file as it was written, by path.
    static let list = "import.json"

    /// What an import changes in the folder.
    struct Plan {
        var written: [OrganizationFiles.File] = []
        /// Files that are there already as they are to be.
        var kept = 0
        /// Files of the last import that are gone from this one.
        var removed: [String] = []
        /// The same, that somebody has changed: they stay.
        var stale: [String] = []
        /// Why nothing may be written.
        var refusals: [String] = []
        fileprivate var list: [UInt8] = []
        /// The list while files are being written.
        fileprivate var unfinishedList: [UInt8] = []
    }

    init(_ path: String, _ system: SystemInterface) {
        self.path = path
        self.system = system
    }

    private func full(_ file: String) -> String { FilePath.tidy("\(path)/\(file)") }
}

extension ImportedFolder {
    func plan(_ files: [OrganizationFiles.File], overwriting: Bool) -> Plan {
        var plan = Plan()
        let last: List
        switch lastList() {
        case .success(let list): last = list
        case .failure(let refusal):
            plan.refusals = [refusal.message]
            return plan
        }
        for file in files {
            guard let found = contents(file.path) else {
                plan.written.append(file)
                continue
            }
            if found == file.text {
                plan.kept += 1
                continue
            }
            let place = full(file.path)
            if last.digests[file.path] == nil {
                plan.refusals.append(
                    "'\(place)' was not written by an import and stands in the way"
                )
            } else if !last.wrote(found, to: file.path), !overwriting {
                plan.refusals.append(
                    "'\(place)' was changed since it was imported; --overwrite writes over it"
                )
            }
            plan.written.append(file)
        }
        let paths = Set(files.map(\.path))
        for path in last.digests.keys.sorted() where !paths.contains(path) {
            guard let found = contents(path) else { continue }
            if last.wrote(found, to: path) {
                plan.removed.append(path)
            } else {
                plan.stale.append(path)
            }
        }
        let digests = Dictionary(files.map { ($0.path, Self.digest($0.text)) }) { first, _ in first
        }
        plan.list = List(digests: digests).text
        let all = last.digests.merging(digests) { $1 }
        plan.unfinishedList = List(digests: all, isUnfinished: true).text
        return plan
    }

    /// Writes what is planned; a sentence where that cannot be done.
    ///
    /// The file that leads to all others is written behind them. The list of files is written first,
    /// as one of files that are being written, and last: an import that stops halfway, on a full
    /// disk perhaps, is taken up by the next.
    func write(_ plan: Plan) -> String? {
        let main = OrganizationFiles.main
        let others = plan.written.filter { $0.path != main }
        let last = plan.written.filter { $0.path == main }
        let list = OrganizationFiles.File(path: Self.list, text: plan.list)
        let changes = !plan.written.isEmpty || !plan.removed.isEmpty
        let first =
            changes ? [OrganizationFiles.File(path: Self.list, text: plan.unfinishedList)] : []
        for file in first + others + last where contents(file.path) != file.text {
            if let problem = write(file) { return problem }
        }
        for file in plan.removed {
            do throws(SystemProblem) {
                try system.removeFile(full(file))
            } catch {
                return "cannot remove '\(full(file))': \(error.reason)"
            }
        }
        return contents(list.path) == list.text ? nil : write(list)
    }

    private func write(_ file: OrganizationFiles.File) -> String? {
        let place = full(file.path)
        do throws(SystemProblem) {
            try system.makeFolder(FilePath.join(".", relativeTo: place))
            try system.writeFile(file.text, place)
            return nil
        } catch {
            return "cannot write '\(place)': \(error.reason)"
        }
    }

    private func contents(_ file: String) -> [UInt8]? {
        guard RootFolder.kind(of: full(file)) == .file,
            case .success(let bytes) = RootFolder.contents(of: full(file))
        else { return nil }
        return bytes
    }
}

// The list of files.
extension ImportedFolder {
    private struct Refusal: Error {
        let message: String
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        DerivedIdentifier.digest(String(decoding: bytes, as: UTF8.self))
    }

    /// What an import wrote.
    private struct List {
        /// The digest of each file as it was written, by path.
        var digests: [String: String] = [:]
        /// Whether it was not written to its end, so that its files may be older or newer.
        var isUnfinished = false

        /// Whether a file is as an import left it.
        func wrote(_ text: [UInt8], to path: String) -> Bool {
            isUnfinished ? digests[path] != nil : digests[path] == ImportedFolder.digest(text)
        }

        var text: [UInt8] {
            let members = digests.sorted { $0.key < $1.key }
                .map { JSONOutput.Member($0.key, .string($0.value)) }
            let fields = JSONOutput.fields([
                "unfinished": isUnfinished ? .bool(true) : nil, "files": .object(members),
            ])
            return Array(JSONOutput.fields(["import": fields]).pretty.utf8)
        }
    }

    /// What the last import wrote; a folder that holds other things and no list is refused.
    private func lastList() -> Result<List, Refusal> {
        guard let kind = RootFolder.kind(of: path) else { return .success(List()) }
        guard kind == .folder else {
            return .failure(Refusal(message: "'\(path)' is not a folder"))
        }
        guard let bytes = contents(Self.list) else {
            let listing = RootFolder.files(below: path)
            if listing.files.isEmpty, listing.problems.isEmpty { return .success(List()) }
            let message = "'\(path)' holds files that no import has written, name another folder"
            return .failure(Refusal(message: message))
        }
        let parsed = JSONParser.parse(bytes, file: 0)
        let written = parsed.value?["import"]
        guard let files = written?["files"]?.members else {
            let message = "'\(full(Self.list))' is not the list that an import writes"
            return .failure(Refusal(message: message))
        }
        var known = List(isUnfinished: written?["unfinished"] != nil)
        // A list that was tampered with leads nowhere outside the folder.
        for file in files
        where !file.key.hasPrefix("/") && !file.key.split(separator: "/").contains("..") {
            known.digests[file.key] = file.value.string
        }
        return .success(known)
    }
}
