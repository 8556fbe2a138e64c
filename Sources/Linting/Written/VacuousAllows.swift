import PolicyLanguage

extension WrittenStatement {
    /// Conditions of an Allow that hold for a request without their key, and no other condition
    /// asks that it be there.
    var vacuousAllows: [WrittenCondition] {
        guard isAllow else { return [] }
        return conditions.filter {
            $0.quantifier == .forAllValues && $0.base != .null && !demands($0.canonicalKey)
        }
    }
}

extension WrittenCondition {
    /// Whether the key says where a request comes from, not what it sets: setting nothing is mostly
    /// all right, coming from nowhere is not.
    var isAboutOrigin: Bool {
        KeyGroups.organizationPaths.contains(canonicalKey)
            || ["aws:calledvia", "aws:principalservicenameslist"].contains(canonicalKey)
    }
}
