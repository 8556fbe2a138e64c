package import JSONSource

/// What an import brought, counted, and what it lacks.
package struct ImportSummary: Sendable {
    package struct Count: Sendable, Hashable {
        /// What is counted, in the plural.
        package let things: String
        package let number: Int
    }

    package private(set) var counts: [Count] = []
    /// What is missing or odd and what follows from it, sorted by place; "place: sentence".
    package let missing: [String]
    /// The same by file alone, which does not change where something else in the file does.
    private let missingByFile: [String]

    /// `folder` is how the export was named, which places are told relative to.
    package init(
        _ organization: JSONValue,
        _ diagnostics: [Diagnostic],
        _ sources: SourceMap,
        folder: String
    ) {
        let sorted = DiagnosticRenderer(sources: sources).sorted(diagnostics)
        missing = Self.lines(
            sorted,
            place: { sources.location(of: $0.span)?.description },
            within: folder
        )
        missingByFile = Self.lines(
            sorted,
            place: { sources.location(of: $0.span)?.path },
            within: folder
        ).sorted()
        count(organization)
    }

    /// Each sentence once, behind where it is about as seen from the export.
    private static func lines(
        _ problems: [Diagnostic],
        place: (Diagnostic) -> String?,
        within folder: String
    ) -> [String] {
        var seen: Set<String> = []
        return problems.map { problem in
            guard let place = place(problem) else { return problem.message }
            let isInside = place.hasPrefix(folder + "/")
            let short = isInside ? String(place.dropFirst(folder.utf8.count + 1)) : place
            return "\(short): \(problem.message)"
        }
        .filter { seen.insert($0).inserted }
    }

    private mutating func count(_ organization: JSONValue) {
        var accounts: [JSONValue] = []
        var units = 0
        func visit(_ place: JSONValue?) {
            accounts += place?["accounts"]?.members?.map(\.value) ?? []
            for unit in place?["organizationalUnits"]?.members ?? [] {
                units += 1
                visit(unit.value)
            }
        }
        visit(organization["root"])
        accounts += organization["externalAccounts"]?.members?.map(\.value) ?? []
        func total(_ path: [String]) -> Int {
            accounts.reduce(0) { $0 + ($1.member(path)?.members?.count ?? 0) }
        }
        func size(_ path: [String]) -> Int {
            let value = organization.member(path)
            return value?.members?.count ?? value?.elements?.count ?? 0
        }
        let withPolicy = accounts.reduce(0) { sum, account in
            let resources = account["resources"]?.members ?? []
            return sum + resources.count { $0.value["policy"] != nil }
        }
        counts = [
            Count(things: "accounts", number: accounts.count),
            Count(things: "organizational units", number: units),
            Count(things: "service control policies", number: size(["serviceControlPolicies"])),
            Count(things: "resource control policies", number: size(["resourceControlPolicies"])),
            Count(things: "users", number: total(["iam", "users"])),
            Count(things: "groups", number: total(["iam", "groups"])),
            Count(things: "roles", number: total(["iam", "roles"])),
            Count(things: "customer managed policies", number: total(["iam", "managedPolicies"])),
            Count(things: "resources", number: total(["resources"])),
            Count(things: "resource policies", number: withPolicy),
            Count(
                things: "permission sets",
                number: size(["identityCenter", "permissionSets"])
            ),
            Count(things: "assignments", number: size(["identityCenter", "assignments"])),
        ]
    }
}

extension ImportSummary {
    /// The organization with what it lacks, so that its file says so as well.
    package func adding(to organization: JSONValue) -> JSONValue {
        guard !missing.isEmpty, let members = organization.members else { return organization }
        let list = missingByFile.map { JSONValue(.string($0), at: organization.span) }
        let member = JSONMember(
            key: "missing",
            keySpan: organization.span,
            value: JSONValue(.array(list), at: organization.span)
        )
        return JSONValue(.object(members + [member]), at: organization.span)
    }
}
