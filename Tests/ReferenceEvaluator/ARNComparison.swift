/// The comparison of the ARN operators: six parts, one by one (COND-30).
enum ARNComparison {
    static func matches(_ value: Template, _ text: String, context: RequestContext) -> Bool {
        let given = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        // COND-31: what is no ARN matches nothing.
        guard given.count == 6, given[0] == "arn", let parts = value.resolved(in: context) else {
            return false
        }
        // COND-31: "*" alone is any ARN.
        if parts == [.text("*")] {
            return true
        }
        // VAR-9: only colons of the policy's own text part the pattern.
        var segments = [Pattern()]
        for part in parts {
            switch part {
            case .text(let text):
                for scalar in text.unicodeScalars {
                    if scalar == ":", segments.count < 6 {
                        segments.append(Pattern())
                    } else {
                        segments[segments.count - 1].append(wildcards: String(scalar))
                    }
                }
            case .escaped(let text):
                segments[segments.count - 1].append(literal: text)
            case .variable:
                continue
            }
        }
        return segments.count == 6
            && zip(segments, given).allSatisfy { $0.matches(String($1)) }
    }
}
