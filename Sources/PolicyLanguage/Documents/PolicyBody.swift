import JSONSource

/// What a policy document says, apart from where it stands.
///
/// A class, so that copies of a document share it and its identity says that they are copies.
package final class PolicyBody: Sendable {
    // In an order that leaves no gaps: an organization has hundreds of thousands.
    package let id: String?
    /// With the places they have in the document they were read from.
    package let statements: [Statement]
    package let size: Int
    /// The place of the document it was read from.
    let home: SourceSpan
    package let version: PolicyDocument.Version
    /// Whether a user, role or provider stands in a `Principal`: most name none, and need not be
    /// looked through.
    package let namesEntities: Bool

    init(
        version: PolicyDocument.Version,
        id: String?,
        statements: [Statement],
        at home: SourceSpan,
        size: Int
    ) {
        self.version = version
        self.id = id
        self.statements = statements
        self.home = home
        self.size = size
        namesEntities = statements.contains { statement in
            statement.principal?.entries.contains { $0.isEntity } ?? false
        }
    }
}

extension PolicyBody: Equatable {
    /// Whether both say the same; where each was read does not matter.
    package static func == (left: PolicyBody, right: PolicyBody) -> Bool {
        if left === right { return true }
        guard left.version == right.version, left.id == right.id, left.size == right.size,
            left.statements.count == right.statements.count
        else { return false }
        if left.home == right.home { return left.statements == right.statements }
        let move = SourceMove(from: right.home, to: left.home)
        return zip(left.statements, right.statements).allSatisfy { $0 == $1.moved(move) }
    }
}

// What has places in a document, at the same places of a copy.
extension Statement {
    func moved(_ move: SourceMove) -> Statement {
        Statement(
            sid: sid,
            index: index,
            effect: effect,
            principal: principal?.moved(move),
            actions: actions,
            resources: resources,
            conditions: conditions.map { $0.moved(move) },
            span: span.moved(move)
        )
    }
}

extension PrincipalElement {
    func moved(_ move: SourceMove) -> PrincipalElement {
        PrincipalElement(
            entries: entries,
            isNegated: isNegated,
            spans: spans.map { $0.moved(move) },
            texts: spellings
        )
    }
}

extension Condition {
    func moved(_ move: SourceMove) -> Condition {
        Condition(`operator`, key, operands, at: span.moved(move))
    }
}
