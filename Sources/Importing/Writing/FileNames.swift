import OrganizationModel

/// Names of files for things whose names any file system takes and that differ from each other.
///
/// Which name a thing gets hangs on all names together, not on the order they come in.
struct FileNames {
    /// By the key each thing is known by.
    private var names: [String: String] = [:]
    /// The longest name, in bytes, that something may be put behind.
    private static let limit = 100

    /// `things` are a name for each key; the key tells things of one name apart.
    init(_ things: [String: String]) {
        var keys: [String: [String]] = [:]
        // Many file systems do not tell "Data" from "data".
        for (key, name) in things { keys[Self.plain(name).lowercased(), default: []].append(key) }
        for (key, name) in things {
            let plain = Self.plain(name)
            let isAlone = keys[plain.lowercased()]?.count == 1
            let isWhole = plain == name
            names[key] =
                isAlone && isWhole
                ? plain : plain + "-" + DerivedIdentifier.digest(key).prefix(isAlone ? 4 : 8)
        }
    }

    subscript(key: String) -> String { names[key] ?? DerivedIdentifier.digest(key) }

    /// The name with nothing in it that a file system, a shell or a reference could take amiss.
    private static func plain(_ name: String) -> String {
        var plain = ""
        for scalar in name.unicodeScalars where plain.utf8.count < limit {
            let isPlain =
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
                || ("0"..."9").contains(scalar) || "-_.@+=".unicodeScalars.contains(scalar)
            plain.unicodeScalars.append(isPlain ? scalar : "-")
        }
        // Files that begin with a dot are hidden, and a dash begins an option.
        if plain.isEmpty || plain.hasPrefix(".") || plain.hasPrefix("-") { plain = "_" + plain }
        let stem = plain.split(separator: ".").first.map { $0.lowercased() } ?? ""
        return reserved.contains(stem) ? "_" + plain : plain
    }

    /// Names of devices.
    ///
    /// Source: Microsoft Learn, "Naming Files, Paths, and Namespaces".
    private static let reserved: Set<String> = {
        let ports = (0...9).flatMap { ["com\($0)", "lpt\($0)"] }
        return Set(["con", "prn", "aux", "nul"] + ports)
    }()
}
