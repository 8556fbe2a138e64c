import ServiceCatalog
import JSONSource
import PolicyLanguage

/// A `${key}` in a place where policies may have variables.
struct WrittenVariable {
    /// As written, without the default.
    let name: String
    let key: KeyLookup
    /// The value it stands in.
    let place: SourceString
}

extension WrittenStatement {
    /// The texts that may hold variables: resources and values of conditions (VAR-2).
    var textsWithVariables: [SourceString] {
        (resources?.entries ?? []) + conditions.flatMap(\.values)
    }
}

extension SourceString {
    /// The variables in the text, `${Account}` and other placeholders left out.
    var variables: [WrittenVariable] {
        TextTemplate(text, wildcards: .active, variables: .expanded).variables
            .filter(\.isWritten)
            .map {
                let name = $0.description
                return WrittenVariable(name: name, key: KeyLookup(name), place: self)
            }
    }
}
