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
        let known: [String: String]
        switch lastList() {
        case .success(let list): known = list
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
            if known[file.path] == nil {
                plan.refusals.append(
                    "'\(place)' was not written by an import and stands in the way"
                )
            } else if known[file.path] != Self.digest(found), !overwriting {
                plan.refusals.append(
                    "'\(place)' was changed since it was imported; --overwrite writes over it"
                )
            }
            plan.written.append(file)
        }
        let paths = Set(files.map(\.path))
        for (path, digest) in known.sorted(by: { $0.key < $1.key }) where !paths.contains(path) {
            guard let found = contents(path) else { continue }
            if Self.digest(found) == digest {
                plan.removed.append(path)
            } else {
                plan.stale.append(path)
            }
        }
        plan.list = Self.list(of: files)
        return plan
    }

    /// Writes what is planned; a sentence where that cannot be done.
    ///
    /// The file that leads to all others is written behind them, and the list of files behind that:
    /// what has not been written to its end is found unfinished by the next import.
    func write(_ plan: Plan) -> String? {
        let main = OrganizationFiles.main
        let others = plan.written.filter { $0.path != main }
        let last = plan.written.filter { $0.path == main }
        let list = OrganizationFiles.File(path: Self.list, text: plan.list)
        for file in others + last + [list] where contents(file.path) != file.text {
            let place = full(file.path)
            do throws(SystemProblem) {
                try system.makeFolder(FilePath.join(".", relativeTo: place))
                try system.writeFile(file.text, place)
            } catch {
                return "cannot write '\(place)': \(error.reason)"
            }
        }
        for file in plan.removed {
            do throws(SystemProblem) {
                try system.removeFile(full(file))
            } catch {
                return "cannot remove '\(full(file))': \(error.reason)"
            }
        }
        return nil
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

    private static func list(of files: [OrganizationFiles.File]) -> [UInt8] {
        let members = files.map { JSONOutput.Member($0.path, .string(digest($0.text))) }
        let text = JSONOutput.fields(["import": .fields(["files": .object(members)])]).pretty
        return Array(text.utf8)
    }

    /// What the last import wrote; a folder that holds other things and no list is refused.
    private func lastList() -> Result<[String: String], Refusal> {
        guard let kind = RootFolder.kind(of: path) else { return .success([:]) }
        guard kind == .folder else {
            return .failure(Refusal(message: "'\(path)' is not a folder"))
        }
        guard let bytes = contents(Self.list) else {
            let listing = RootFolder.files(below: path)
            if listing.files.isEmpty, listing.problems.isEmpty { return .success([:]) }
            let message = "'\(path)' holds files that no import has written, name another folder"
            return .failure(Refusal(message: message))
        }
        let parsed = JSONParser.parse(bytes, file: 0)
        guard let files = parsed.value?["import"]?["files"]?.members else {
            let message = "'\(full(Self.list))' is not the list that an import writes"
            return .failure(Refusal(message: message))
        }
        var known: [String: String] = [:]
        // A list that was tampered with leads nowhere outside the folder.
        for file in files
        where !file.key.hasPrefix("/") && !file.key.split(separator: "/").contains("..") {
            known[file.key] = file.value.string
        }
        return .success(known)
    }
}
