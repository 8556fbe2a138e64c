extension Int {
    /// The number with what is counted: "1 policy", "2 policies", "0 checks".
    func counted(_ noun: String) -> String {
        if self == 1 { return "1 \(noun)" }
        return noun.hasSuffix("y") ? "\(self) \(noun.dropLast())ies" : "\(self) \(noun)s"
    }
}
