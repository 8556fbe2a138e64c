package import JSONSource
import OrganizationModel
import PolicyLanguage

/// An imported organization of which everything can be read.
///
/// An answer may hold what no organization file takes: a policy that AWS would refuse, a path that is
/// none. One of them must not keep the rest from being asked about, so a policy that cannot be read
/// stands as one that may say anything, anything else is left out, and each is told.
package struct SoundOrganization: Sendable {
    package private(set) var value: JSONValue
    package private(set) var diagnostics: [Diagnostic] = []
    private let sources: SourceMap

    /// Leaving something out may leave a reference to it behind, which the next round sees.
    private static let rounds = 8

    package init(_ organization: JSONValue, sources: SourceMap) {
        value = organization
        self.sources = sources
        for _ in 0..<Self.rounds {
            let errors = OrganizationState.load(value).diagnostics
                .filter { $0.severity == .error && $0.span != .nowhere }
            guard !errors.isEmpty else { return }
            let before = diagnostics.count
            value = mended(value, of: "", in: "", errors)
            // What is no part of any entity stays wrong, and whoever loads the file is told.
            if diagnostics.count == before { return }
        }
    }
}

extension SoundOrganization {
    /// Members that hold a policy by name, or a policy themselves.
    private static let holders: Set = [
        "inlinePolicies", "serviceControlPolicies", "resourceControlPolicies",
        "awsManagedPolicies",
    ]
    private static let policies: Set = ["trustPolicy", "policy", "document", "inlinePolicy"]
    /// Members that hold things by name, of which one may be left out.
    private static let entities: Set = [
        "users", "groups", "roles", "managedPolicies", "instanceProfiles", "samlProviders",
        "oidcProviders", "resources", "permissionSets", "awsManagedPolicies",
        "serviceControlPolicies", "resourceControlPolicies",
    ]

    /// What may stand in a resource as not known.
    private static let unknowable: Set = ["tags", "grants", "blockPublicAccess"]

    /// The members of a value, mended; the value itself stands in the member `owner`, and that
    /// perhaps in `outer`.
    private mutating func mended(
        _ value: JSONValue,
        of owner: String,
        in outer: String,
        _ errors: [Diagnostic]
    ) -> JSONValue {
        switch value.content {
        case .null, .bool, .number, .string: return value
        case .array(let elements):
            let mended = elements.map { self.mended($0, of: owner, in: outer, errors) }
            return JSONValue(.array(mended), at: value.span, origin: value.origin)
        case .object(let members):
            let mended = members.compactMap { member($0, of: owner, in: outer, errors) }
            return JSONValue(.object(mended), at: value.span, origin: value.origin)
        }
    }

    private mutating func member(
        _ member: JSONMember,
        of owner: String,
        in outer: String,
        _ errors: [Diagnostic]
    ) -> JSONMember? {
        let isPolicy = Self.holders.contains(owner) || Self.policies.contains(member.key)
        let isUnknowable = outer == "resources" && Self.unknowable.contains(member.key)
        if isPolicy && member.value.isObject || isUnknowable,
            MissingPolicy.reason(member.value) == nil
        {
            guard let error = errors.first(where: { member.value.holds($0.span) }) else {
                return member
            }
            let what = isPolicy ? "what this policy says" : "'\(member.key)'"
            let message = "\(error.message), so verdicts may hang on \(what)"
            diagnostics.append(.warning("export.shape", message, at: error.span))
            let file = sources.location(of: error.span).map { "\($0.path): " } ?? ""
            return member.replacing(
                MissingPolicy.value(file + error.message, at: member.value.span)
            )
        }
        let told = diagnostics.count
        let value = mended(member.value, of: member.key, in: owner, errors)
        guard diagnostics.count == told, Self.entities.contains(owner) else {
            return member.replacing(value)
        }
        let isMeant = { (error: Diagnostic) in
            member.keySpan == error.span || member.value.holds(error.span)
        }
        guard let error = errors.first(where: isMeant) else { return member }
        let message = "'\(member.key)' is left out: \(error.message)"
        diagnostics.append(.warning("export.left-out", message, at: error.span))
        return nil
    }
}

extension JSONValue {
    /// Whether a place is that of the value or of one in it, which may come from another file.
    fileprivate func holds(_ place: SourceSpan) -> Bool {
        if span.covers(place) { return true }
        return switch content {
        case .null, .bool, .number, .string: false
        case .array(let elements): elements.contains { $0.holds(place) }
        case .object(let members):
            members.contains { $0.keySpan == place || $0.value.holds(place) }
        }
    }
}

extension OrganizationFiles {
    /// What is wrong with the files as they would be read again; nothing where they load.
    package func problems(sources: SourceMap) -> [Diagnostic] {
        let texts = Dictionary(files.map { ($0.path, $0.text) }) { first, _ in first }
        let reader = FileReader { path in
            texts[path].map { .success($0) } ?? .failure(.notFound)
        }
        var loader = DocumentLoader(reader: reader, sources: sources)
        guard let value = loader.load(Self.main, namedAt: nil) else { return loader.diagnostics }
        return loader.diagnostics + OrganizationState.load(value).diagnostics
    }
}
