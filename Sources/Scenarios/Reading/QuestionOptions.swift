package import Authorization
package import JSONSource

/// What a question leaves out and what it leaves unknown, as somebody types it.
package struct QuestionOptions: Sendable {
    package let without: Set<PolicyType>
    package let unknown: UnknownKeys

    /// What a question gives itself cannot be unknown as well.
    package static func read(
        without: [String],
        unknown: [String],
        beside given: GivenContext = GivenContext()
    ) -> Parsed<QuestionOptions> {
        var reader = FieldReader()
        let types = without.compactMap {
            reader.policyTypeLeftOut(SourceString($0, at: .nowhere))
        }
        var keys = UnknownKeys()
        for name in unknown {
            reader.insertUnknown(
                SourceString(name, at: .nowhere),
                into: &keys,
                given
            )
        }
        return Parsed(QuestionOptions(without: Set(types), unknown: keys), reader.diagnostics)
    }
}
