import JSONSource
import Linting
import Reports

/// What must hold of everything the linter finds, and of all its reports.
struct LintProperties {
    let sources: SourceMap

    func problems(_ result: LintResult, _ input: FuzzInput) -> [String] {
        let said = result.findings.map { finding in
            let remark = finding.remark
            return Diagnostic(
                .note,
                finding.check.id,
                remark.message,
                at: remark.span,
                help: remark.help,
                notes: remark.notes
            )
        }
        var problems = Sayings(sources: sources).problems(said)
        guard input.isChosen(oneIn: 8, 6) else { return problems }
        problems += PrintedText.problems(
            LintTextReport(sources: sources, style: .plain).render(result)
        )
        problems += PrintedText.problems(GitHubAnnotations(sources: sources).render(result))
        problems += PrintedText.problems(json: LintJSONReport(sources: sources).render(result))
        let sarif = SARIFReport(sources: sources, toolVersion: "0")
        return problems + PrintedText.problems(json: sarif.render(result))
    }
}
