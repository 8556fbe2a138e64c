import JSONSource

extension Verb {
    static let new = Verb(
        name: "new",
        usage: "new DIR",
        summary: "write a starting organization with a scenario that passes",
        details: """
            DIR is made if it is not there; a file that is there already is never written over.
            """,
        options: [],
        run: { (arguments, system) throws(Arguments.UsageError) in
            guard arguments.paths.count == 1, !arguments.paths[0].isEmpty else {
                throw Arguments.UsageError(message: "name one folder")
            }
            return start(in: arguments.paths[0], system)
        }
    )

    private static func start(in folder: String, _ system: SystemInterface) -> ExitCode {
        let files = StartingFiles.all.map { (path: FilePath.tidy("\(folder)/\($0.name)"), $0.text) }
        // Nothing is written where something stands in the way.
        if let taken = files.first(where: { RootFolder.kind(of: $0.path) != nil }) {
            system.writeError("orgsim new: '\(taken.path.printable)' is there already\n")
            return .invalidInput
        }
        for (path, text) in files {
            do throws(SystemProblem) {
                try system.makeFolder(FilePath.join(".", relativeTo: path))
                try system.writeFile(Array(text.utf8), path)
            } catch {
                let reason = error.reason
                system.writeError("orgsim new: cannot write '\(path.printable)': \(reason)\n")
                return .invalidInput
            }
        }
        let list = files.map { "  \($0.path.printable)\n" }.joined()
        let scenarios = FilePath.tidy("\(folder)/scenarios").printable
        return system.print(
            "written:\n\(list)replay it: orgsim test --root \(folder.printable) \(scenarios)\n"
        )
    }
}
