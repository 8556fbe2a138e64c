extension JSONValue {
    /// Whether both are one and the same value, not merely equal ones; costs nothing.
    package func isSame(as other: JSONValue) -> Bool {
        switch (storage, other.storage) {
        case (.written(let tape, let node), .written(let otherTape, let otherNode)):
            tape === otherTape && node == otherNode
        case (.built(let built), .built(let otherBuilt)): built === otherBuilt
        case (.written, .built), (.built, .written): false
        }
    }
}
