/// A `$lint` member of an object: what is said to the linter about it.
///
/// It may stand in any object of any file, also beside a `$ref`. ``DocumentLoader`` takes it out,
/// so that nobody who reads the object needs to know of it.
package struct LintNote: Sendable {
    package static let key = "$lint"

    package let value: JSONValue
    /// The object it stands in, or beside a reference the value referred to.
    package let owner: SourceSpan
}
