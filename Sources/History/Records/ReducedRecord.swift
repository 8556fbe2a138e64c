import JSONSource
import PolicyLanguage

/// What of a record an answer may hang on, as text.
///
/// Whoever answers reads this and nothing else, so what is left out cannot matter: records that
/// are the same here have the same answer, however they differ in ids and moments.
struct RecordReducer: ~Copyable {
    private var outer = JSONScanner()
    private var inner = JSONScanner()
    private let reads: ReadKeys

    init(_ reads: ReadKeys) {
        self.reads = reads
    }

    /// What came of a record.
    enum Result {
        /// It was put behind what stood there; when it happened.
        case reduced(Instant)
        /// It must be read as a whole.
        case unusual
        /// Why it is no record, as one sentence without period.
        case refused(String)
    }
}

extension RecordReducer {
    /// Writes what matters of a record behind `text`.
    mutating func reduce(
        _ record: UnsafeRawBufferPointer,
        to text: inout [UInt8]
    ) -> Result {
        guard outer.scan(record.bytes) else { return .unusual }
        let nodes = outer.result
        guard case .object = nodes[0].kind else { return .refused("it is no JSON object") }
        var root = 0
        if Self.member("eventName", of: 0, nodes, record) == nil {
            if let event = Self.member("CloudTrailEvent", of: 0, nodes, record),
                case .string = nodes[event].kind
            {
                let written = Array(outer.string(of: nodes[event], in: record).utf8)
                return written.withUnsafeBytes { written in
                    guard inner.scan(written.bytes) else { return .unusual }
                    return reduce(0, inner.result, written, to: &text)
                }
            }
            root = Self.member("detail", of: 0, nodes, record) ?? 0
        }
        return reduce(root, nodes, record, to: &text)
    }

    private func reduce(
        _ root: Int,
        _ nodes: UnsafeBufferPointer<JSONNode>,
        _ record: UnsafeRawBufferPointer,
        to text: inout [UInt8]
    ) -> Result {
        guard case .object = nodes[root].kind else { return .refused("it is no JSON object") }
        guard let time = Self.member("eventTime", of: root, nodes, record) else {
            return .refused("'eventTime' is missing, so it is no record of CloudTrail")
        }
        guard case .string = nodes[time].kind,
            let instant = Instant(recorded: record[nodes[time].textRange])
        else {
            return .refused("'eventTime' must be a date and time such as 2026-01-15T09:00:00Z")
        }
        let before = text.count
        let isPlain = write(root, Self.fields, nodes, record, to: &text)
        guard isPlain else {
            text.removeLast(text.count - before)
            return .unusual
        }
        return .reduced(instant)
    }

    /// What is kept of a member.
    private enum Kept: Sendable {
        case whole
        case members([Field])
        case whereAsked(@Sendable (ReadKeys) -> Bool)
        /// As it stands where it is asked for, else some moment.
        case moment
    }

    private struct Field: Sendable {
        let name: StaticString
        let kept: Kept

        init(_ name: StaticString, _ kept: Kept = .whole) {
            self.name = name
            self.kept = kept
        }
    }

    /// Every member that reading a record looks at.
    private static let fields: [Field] = [
        Field("eventSource"), Field("eventName"), Field("eventType"), Field("eventTime", .moment),
        Field("awsRegion"), Field("sourceIPAddress"),
        Field("userAgent", .whereAsked { $0.asksForUserAgent }), Field("requestParameters"),
        Field("resources"), Field("errorCode"), Field("errorMessage"), Field("vpcEndpointId"),
        Field("vpcEndpointAccountId"), Field("tlsDetails", .members([Field("tlsVersion")])),
        Field("userIdentity", .members(identity)),
    ]

    private static let identity: [Field] = [
        Field("type"), Field("arn"), Field("invokedBy"), Field("accountId"), Field("principalId"),
        Field("userName"), Field("identityProvider"), Field("inScopeOf"),
        Field(
            "sessionContext",
            .members([
                Field("sessionIssuer", .members([Field("arn")])), Field("webIdFederationData"),
                Field("sourceIdentity"), Field("ec2RoleDelivery"),
                Field(
                    "attributes",
                    .members([
                        Field("mfaAuthenticated"),
                        Field("creationDate", .whereAsked { $0.asksForTime }),
                    ])
                ),
            ])
        ),
    ]

    /// The members of an object that are kept; false where a name is written with an escape.
    private func write(
        _ object: Int,
        _ fields: [Field],
        _ nodes: UnsafeBufferPointer<JSONNode>,
        _ record: UnsafeRawBufferPointer,
        to text: inout [UInt8]
    ) -> Bool {
        text.append(UInt8(ascii: "{"))
        var isFirst = true
        var index = object + 1
        let end = Int(nodes[object].next)
        while index < end {
            let node = nodes[index]
            guard node.isPlainKey else { return false }
            let name = UnsafeRawBufferPointer(rebasing: record[node.keyRange])
            if let field = fields.first(where: { $0.name.isSame(as: name) }), isKept(field) {
                if !isFirst { text.append(UInt8(ascii: ",")) }
                isFirst = false
                text += UnsafeRawBufferPointer(rebasing: record[node.keyStart..<node.keyEnd])
                text.append(UInt8(ascii: ":"))
                guard write(index, field.kept, nodes, record, to: &text) else { return false }
            }
            index = Int(node.next)
        }
        text.append(UInt8(ascii: "}"))
        return true
    }

    private func isKept(_ field: Field) -> Bool {
        if case .whereAsked(let isAsked) = field.kept { isAsked(reads) } else { true }
    }

    private func write(
        _ index: Int,
        _ kept: Kept,
        _ nodes: UnsafeBufferPointer<JSONNode>,
        _ record: UnsafeRawBufferPointer,
        to text: inout [UInt8]
    ) -> Bool {
        switch kept {
        case .members(let fields):
            if case .object = nodes[index].kind {
                return write(index, fields, nodes, record, to: &text)
            }
        case .moment where !reads.asksForTime:
            text += "\"2026-01-01T00:00:00Z\"".utf8
            return true
        case .whole, .whereAsked, .moment: break
        }
        text += UnsafeRawBufferPointer(rebasing: record[nodes[index].range])
        return true
    }

    private static func member(
        _ name: StaticString,
        of object: Int,
        _ nodes: UnsafeBufferPointer<JSONNode>,
        _ record: UnsafeRawBufferPointer
    ) -> Int? {
        guard case .object = nodes[object].kind else { return nil }
        var index = object + 1
        let end = Int(nodes[object].next)
        while index < end {
            let node = nodes[index]
            if node.isPlainKey,
                name.isSame(as: UnsafeRawBufferPointer(rebasing: record[node.keyRange]))
            {
                return index
            }
            index = Int(node.next)
        }
        return nil
    }
}

extension StaticString {
    fileprivate func isSame(as bytes: UnsafeRawBufferPointer) -> Bool {
        guard utf8CodeUnitCount == bytes.count else { return false }
        return withUTF8Buffer { bytes.elementsEqual($0) }
    }
}

extension Instant {
    /// `2026-01-15T09:00:00Z`, as every record writes it, or any other form of ISO 8601.
    init?(recorded text: Slice<UnsafeRawBufferPointer>) {
        self.init(iso8601: String(decoding: text, as: UTF8.self))
    }
}
