import JSONSource
import PolicyLanguage

/// The table of a credential report: comma-separated, the first line names the columns.
///
/// Source: IAM User Guide, "Get credential reports for your AWS account".
struct CredentialReport {
    private let columns: [Substring]
    private var rows: [Substring: [Substring]] = [:]

    /// Where the report stands; its lines have no places of their own.
    let span: SourceSpan

    /// Nil when the value is no base64 text.
    init?(_ content: JSONValue) {
        guard let bytes = content.string.flatMap(Base64.bytes) else { return nil }
        span = content.span
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        columns = lines.first ?? []
        for line in lines.dropFirst() { rows[line.first ?? ""] = line }
    }

    func value(_ column: String, of user: String) -> String? {
        guard let row = rows[user[...]], let index = columns.firstIndex(of: column[...]),
            row.indices.contains(index)
        else { return nil }
        return String(row[index])
    }
}
