import Authorization
import Explaining

// The verdict, and what it comes from in a few lines.
extension ExplanationPage.Article {
    /// More lines than these are no summary.
    private static let summaryLimit = 6

    var question: String {
        let question = explanation.question
        let who = question.principal.map { "\($0) → " } ?? ""
        let what = question.resource.map { " on \($0)" } ?? ""
        return "\(who)\(question.action)\(what)"
    }

    var title: String { "\(decision.outcome.words) · \(question)" }

    /// The verdict as a word among others.
    var chip: HTML {
        HTML(.span, .class("chip \(decision.outcome.style)")) { decision.outcome.words }
    }

    var verdict: HTML {
        let question = explanation.question
        return HTML(.header, .class("verdict \(decision.outcome.style)")) {
            HTML(isAlone ? .h1 : .h2) {
                HTML(.span, .class("word")) { decision.outcome.words }
                HTML(.span, .class("question")) {
                    if let principal = question.principal {
                        HTML(.span, .class("who")) { principal }
                        " → "
                    }
                    HTML(.code) { question.action }
                    if let resource = question.resource {
                        " on "
                        HTML(.code) { resource }
                    }
                }
            }
            if let arn = question.principalARN, arn != question.principal {
                HTML(.p, .class("arn")) { arn }
            }
            summary
        }
    }

    /// What stands in the way, or what lets the request through.
    private var summary: HTML? {
        let mark: Explanation.Mark =
            switch decision.outcome {
            case .allowed: .allows
            case .undetermined: .depends
            case .explicitDeny, .implicitDeny, .invalid, .expiredToken: .blocks
            }
        let groups = layerGroups.enumerated().filter { _, group in
            group[0].mark == mark && (mark != .allows || !group[0].reasons.isEmpty)
        }
        guard !groups.isEmpty else {
            return decision.notes.first.map { note in HTML(.p, .class("summary")) { note } }
        }
        return HTML(.ul, .class("summary")) {
            for (index, group) in groups.prefix(Self.summaryLimit) {
                HTML(.li) {
                    HTML(.a, .link(to: layerID(index))) { head(of: group) }
                    if !group[0].why.isEmpty { ": \(group[0].why)" }
                }
            }
            if groups.count > Self.summaryLimit {
                HTML(.li) { "… and \(groups.count - Self.summaryLimit) more, below" }
            }
        }
    }

    /// AWS's own sentence.
    var message: HTML? {
        guard let message = answer.message else { return nil }
        return section("What AWS says") {
            HTML(.blockquote) {
                HTML(.p) {
                    HTML(.strong) { message.errorCode }
                    " "
                    message.sentence
                }
            }
            if !message.notes.isEmpty {
                HTML(.ul) { for note in message.notes { HTML(.li) { note } } }
            }
        }
    }
}

extension Decision.Outcome {
    /// The class that colours it.
    fileprivate var style: String {
        switch self {
        case .allowed: "good"
        case .explicitDeny, .implicitDeny: "bad"
        case .undetermined: "open"
        case .invalid, .expiredToken: "odd"
        }
    }
}
