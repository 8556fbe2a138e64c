package import JSONSource

package struct ExplanationPage {
    package init(sources: SourceMap) {}
    package func render(_ answers: [ExplainedAnswer]) -> String { "" }
}
