/// A `$lint` member of an object: what is said to the linter about it.
///
/// It may stand in any object of any file, also beside a `$ref`. ``DocumentLoader`` takes it out,
/// so that nobody who reads the object needs to know of it.
package struct LintNote: Sendable {
    package static let key = "$lint"

    package let value: JSONValue
    /// What the note is about: the object it stands in with the key before it, and beside a
    /// reference the value referred to.
    package let reach: [SourceSpan]
}

extension SourceSpan {
    /// The span with what stands from a key of the same file on.
    func extended(to key: SourceSpan?) -> SourceSpan {
        guard let key, key.file == file else { return self }
        return SourceSpan(file: file, start: Int(key.start), end: Int(end))
    }
}
