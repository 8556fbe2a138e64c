package import JSONSource
import Authorization
import Explaining

/// Explained requests as one page for a browser: the verdict first, what would change it last.
///
/// The page stands alone: no script and no network. It shows whatever the files say as text.
package struct ExplanationPage {
    private let sources: SourceMap

    /// More answers than these make no page that anybody reads.
    private static let answerLimit = 200
    /// How many statements the tables of all traces hold together, and each at least and at most.
    private static let rowLimit = (all: 6_000, least: 20, most: 1_000)

    package init(sources: SourceMap) {
        self.sources = sources
    }

    package func render(_ answers: [ExplainedAnswer]) -> String {
        let shown = answers.prefix(Self.answerLimit)
        let share = Self.rowLimit.all / max(1, shown.count)
        let rows = max(Self.rowLimit.least, min(Self.rowLimit.most, share))
        let articles = shown.enumerated().map { index, answer in
            Article(
                answer: answer,
                sources: sources,
                id: "answer-\(index + 1)",
                isAlone: answers.count == 1,
                rowLimit: rows
            )
        }
        let title = articles.count == 1 ? articles[0].title : Self.title(answers)
        return HTMLPage(title: title) {
            if articles.count != 1 { Self.overview(answers, articles) }
            for article in articles { article.html }
            HTML(.footer) {
                "Decided by orgsim from the files alone, as AWS documents the evaluation; "
                "nothing was asked of AWS."
            }
        }.rendered
    }

    private static func title(_ answers: [ExplainedAnswer]) -> String {
        "\(answers.count.counted("request")) explained"
    }

    /// What stands on the page, each with its verdict.
    private static func overview(_ answers: [ExplainedAnswer], _ articles: [Article]) -> HTML {
        HTML(.header, .class("overview")) {
            HTML(.h1) { title(answers) }
            HTML(.nav, .label("requests")) {
                HTML(.ol) {
                    for article in articles {
                        HTML(.li) {
                            article.chip
                            HTML(.a, .link(to: article.id)) { article.question }
                        }
                    }
                }
            }
            Self.rest(answers.count - articles.count, "request")
        }
    }

    /// What was left out of a list that is too long.
    static func rest(_ count: Int, _ noun: String) -> HTML? {
        guard count > 0 else { return nil }
        return HTML(.p, .class("rest")) {
            "… and \(count.counted("more \(noun)")), left out of this page"
        }
    }
}

extension ExplanationPage {
    /// One answer on the page.
    struct Article {
        let answer: ExplainedAnswer
        let sources: SourceMap
        /// Where it begins; the ids inside it begin with it.
        let id: String
        /// Whether the page has no other.
        let isAlone: Bool
        /// How many statements the trace may show.
        let rowLimit: Int

        var explanation: Explanation { answer.explanation }
        var decision: Decision { explanation.decision }

        var html: HTML {
            HTML(.article, .id(id), .label("\(decision.outcome.words): \(question)")) {
                verdict
                if let remark = answer.remark { HTML(.p, .class("remark")) { remark } }
                ways
                layers
                message
                changes
                basis
                hops
                trace
            }
        }

        /// A part of the answer with its heading.
        func section(_ title: String, @HTMLBuilder content: () -> [HTML]) -> HTML {
            HTML(.section) {
                HTML(isAlone ? .h2 : .h3) { title }
                content()
            }
        }

        func rest(_ count: Int, _ noun: String) -> HTML? { ExplanationPage.rest(count, noun) }

        /// `file:line:column` of a place in a file.
        func place(_ span: SourceSpan) -> HTML? {
            sources.location(of: span).map { location in
                HTML(.code, .class("place")) { location.description }
            }
        }
    }
}
