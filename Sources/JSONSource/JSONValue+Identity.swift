extension JSONValue {
    /// The same value for another thread: two that count who holds one thing wait for each other.
    package var heldApart: JSONValue {
        guard case .written(let tape, let node) = storage else { return self }
        return JSONValue(JSONTape(sharing: tape), at: Int(node))
    }

    /// Whether both are one and the same value, not merely equal ones; costs nothing.
    package func isSame(as other: JSONValue) -> Bool {
        switch (storage, other.storage) {
        case (.written(let tape, let node), .written(let otherTape, let otherNode)):
            node == otherNode && tape.isSame(as: otherTape)
        case (.built(let built), .built(let otherBuilt)): built === otherBuilt
        case (.written, .built), (.built, .written): false
        }
    }
}
