import Authorization
import History
import PolicyLanguage

// What a replay found, in words that its text and its page share.

extension Effect {
    var words: String {
        switch self {
        case .newlyDenied: "newly denied"
        case .couldBeDenied: "could be denied"
        case .newlyAllowed: "newly allowed"
        case .couldBeAllowed: "could be allowed"
        case .notAsked: "not known"
        case .same: "the same"
        }
    }

    /// What stands before the statements at fault.
    var heading: String {
        switch self {
        case .newlyDenied: "newly denied by"
        case .couldBeDenied: "could be denied, which hangs on what no record or file tells, by"
        case .newlyAllowed: "newly allowed, no longer stopped by"
        case .couldBeAllowed: "could be allowed, no longer stopped for certain by"
        case .notAsked, .same: words
        }
    }
}

extension Reproduction {
    var words: String {
        switch self {
        case .reproduced: "decided as AWS did"
        case .otherReason: "denied as by AWS, for another reason"
        case .contradicted: "decided otherwise than AWS did"
        case .consistent:
            "decided as AWS did where what no record or file tells is as its verdict needs it"
        case .untold: "failed in AWS for a reason that is none of permissions"
        case .notModelled: "not modelled"
        }
    }
}

extension DecidingStatement {
    /// `service control policy ApprovedRegions, statement OutsideApprovedRegions, at Root`.
    var words: String {
        let type = PolicyType(rawValue: policyType)?.words ?? policyType
        let isSilent = kind == Reason.Kind.implicitDeny.rawValue
        var parts = [
            [isSilent ? "no" : nil, type, policy].compactMap(\.self).joined(separator: " ")
        ]
        if isSilent { parts[0] += " that allows it" }
        if let statement { parts.append("statement \(statement)") }
        if let target { parts.append("at \(target)") }
        return parts.joined(separator: ", ")
    }
}

extension Tally {
    /// `2026-11-01 to 2026-11-20`, or `on 2026-11-01`: pages and JSON tell the moments.
    var days: String {
        guard let first, let last else { return "" }
        let days = [first, last].map { $0.description.prefix { $0 != "T" } }
        return days[0] == days[1] ? "on \(days[0])" : "\(days[0]) to \(days[1])"
    }
}

extension Instant {
    /// `2026-11-01 09:00:00`, where it is said that times are UTC.
    var words: String { description.replacing("T", with: " ").replacing("Z", with: "") }
}

extension ReplaySummary {
    /// How much was replayed: `9 records of 1 file, 2026-11-19T09:00:00Z to 2026-11-20T09:00:00Z`.
    var headline: String {
        let span = records.first.flatMap { first in records.last.map { ", \(first) to \($0)" } }
        return records.count.counted("record") + " of " + files.counted("file") + (span ?? "")
    }

    /// What of a folder holds no records.
    var passedOver: String? {
        guard filesPassedOver > 0 else { return nil }
        let verb = filesPassedOver == 1 ? "holds" : "hold"
        return "\(filesPassedOver.counted("file")) of other endings \(verb) no JSON, passed over"
    }

    /// That the answer is not about everything, which nobody must overlook.
    var gap: String? {
        let places = badFiles.settled
        let files = places.groups.count + places.rest.count
        let records = badRecordCount
        let noun = files == 1 ? "file or folder" : "files or folders"
        let parts = [
            files > 0 ? "\(files) \(noun) not read to the end" : nil,
            records > 0 ? "\(records.counted("record")) unreadable" : nil,
        ].compactMap(\.self)
        return parts.isEmpty
            ? nil : "Incomplete, see below: \(parts.joined(separator: ", "))"
    }
}

extension Groups {
    /// The groups seen most often first.
    var oftenFirst: [(key: Key, tally: Tally)] {
        settled.groups.sorted {
            $0.tally.count != $1.tally.count ? $0.tally.count > $1.tally.count : $0.key < $1.key
        }
    }
}

/// Changes that one set of statements makes in one way, those seen most often first.
struct ChangeSection {
    let overlay: Int
    let effect: Effect
    let statements: [DecidingStatement]
    let rows: [(key: ChangeKey, tally: Tally)]
    let count: Int

    static func sections(of summary: ReplaySummary) -> [ChangeSection] {
        var sections: [ChangeSection] = []
        var rest = summary.changes.settled.groups[...]
        while let first = rest.first {
            let end = rest.firstIndex {
                $0.key.overlay != first.key.overlay || $0.key.effect != first.key.effect
                    || $0.key.statements != first.key.statements
            }
            let rows = rest[..<(end ?? rest.endIndex)]
            rest = rest[(end ?? rest.endIndex)...]
            sections.append(
                ChangeSection(
                    overlay: first.key.overlay,
                    effect: first.key.effect,
                    statements: first.key.statements,
                    rows: rows.sorted {
                        $0.tally.count != $1.tally.count
                            ? $0.tally.count > $1.tally.count : $0.key < $1.key
                    },
                    count: rows.reduce(0) { $0 + $1.tally.count }
                )
            )
        }
        return sections
    }
}
