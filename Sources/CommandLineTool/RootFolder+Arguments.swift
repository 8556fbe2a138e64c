extension RootFolder {
    /// The folder that `--root` names, if it is given.
    static func option(_ arguments: Arguments) throws(Arguments.UsageError) -> RootFolder? {
        guard let name = arguments.options["--root"] else { return nil }
        guard let root = RootFolder(name) else {
            throw Arguments.UsageError(message: "'\(name)' is not a folder")
        }
        return root
    }
}
