import Authorization
import Explaining
import JSONSource
import OrganizationModel
import PolicyLanguage

// What the verdict rests on: keys, what was not given, what is not modelled, and the session.
extension ExplanationPage.Article {
    private static let wayLimit = 50
    private static let keyLimit = 200
    private static let hopLimit = 100

    var basis: HTML? {
        // What a layer says already need not be said again.
        let notes = decision.notes.filter { note in
            !explanation.layers.contains { $0.why == note }
        }
        let absent = decision.absentKeys
        if explanation.keys.isEmpty && absent.isEmpty && notes.isEmpty { return nil }
        return section("What it depends on") {
            if !explanation.keys.isEmpty { keys }
            if !absent.isEmpty {
                HTML(.p) {
                    "Not given, and a real call could carry it: "
                    for (index, key) in absent.prefix(Self.keyLimit).enumerated() {
                        if index > 0 { ", " }
                        HTML(.code) { key }
                    }
                }
                rest(absent.count - Self.keyLimit, "key")
            }
            if !notes.isEmpty {
                HTML(.ul, .class("notes")) {
                    for note in notes.prefix(Self.keyLimit) { HTML(.li) { note } }
                }
                rest(notes.count - Self.keyLimit, "note")
            }
        }
    }

    /// For an open verdict what a call must meet to be allowed.
    var ways: HTML? {
        let ways = decision.outcome == .undetermined ? decision.dependsOn : []
        guard !ways.isEmpty else { return nil }
        return section("When it is allowed") {
            for (index, way) in ways.prefix(Self.wayLimit).enumerated() {
                HTML(.p, .class("lead")) {
                    index == 0 ? "Where a real call meets these conditions:" : "Or these:"
                }
                json(ConditionBlocks.json(way))
            }
            rest(ways.count - Self.wayLimit, "way")
        }
    }

    private var keys: HTML {
        HTML(.div) {
            HTML(.table, .class("keys")) {
                HTML(.thead) {
                    HTML(.tr) {
                        for title in ["key", "value", "comes from"] {
                            HTML(.th, .plain("scope", "col")) { title }
                        }
                    }
                }
                HTML(.tbody) {
                    for read in explanation.keys.prefix(Self.keyLimit) {
                        HTML(.tr, .class(read.origin.rawValue)) {
                            HTML(.td) { HTML(.code) { read.key.description } }
                            HTML(.td) {
                                if let value = read.value {
                                    HTML(.code) { ValueText.value(value) }
                                } else {
                                    "–"
                                }
                            }
                            HTML(.td) { read.origin.words }
                        }
                    }
                }
            }
            rest(explanation.keys.count - Self.keyLimit, "key")
        }
    }

    /// How the session came to be, a step each.
    var hops: HTML? {
        let hops = explanation.hops
        guard !hops.isEmpty else { return nil }
        return section("How the session came to be") {
            HTML(.ol, .class("hops")) {
                for hop in hops.prefix(Self.hopLimit) { self.hop(hop) }
            }
            rest(hops.count - Self.hopLimit, "hop")
        }
    }

    private func hop(_ hop: Hop) -> HTML {
        HTML(.li) {
            HTML(.p) {
                if let permissionSet = hop.permissionSet {
                    "signs in with the permission set \(permissionSet) as "
                } else if let call = hop.call {
                    HTML(.code) { call }
                    " as "
                }
                HTML(.strong) { hop.name }
            }
            if let arn = hop.arn { HTML(.p, .class("where")) { HTML(.code) { arn } } }
            let facts = hop.session.map(SessionText.facts) ?? []
            if !facts.isEmpty {
                HTML(.ul, .class("facts")) { for fact in facts { HTML(.li) { fact } } }
            }
        }
    }
}

extension ReadKey.Origin {
    fileprivate var words: String {
        switch self {
        case .given: "given with the request"
        case .derived: "follows from the request"
        case .absent: "absent"
        case .unknown: "unknown on purpose"
        }
    }
}
