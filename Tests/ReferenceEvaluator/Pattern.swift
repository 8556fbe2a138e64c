/// A text with wildcards, as a list of pieces; compared with the textbook table, never recursively.
struct Pattern {
    enum Piece: Equatable {
        case literal(Unicode.Scalar)
        /// One character; whether it may be a colon.
        case one(crossesColons: Bool)
        /// Any run of characters; whether it may hold colons.
        case many(crossesColons: Bool)
    }

    var pieces: [Piece] = []

    init() {}

    /// A pattern in which `*` and `?` match any character (COND-16, ACT-2).
    init(wildcards text: String) {
        append(wildcards: text)
    }

    mutating func append(literal text: String) {
        pieces += text.unicodeScalars.map { .literal($0) }
    }

    mutating func append(wildcards text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "*":
                pieces.append(.many(crossesColons: true))
            case "?":
                pieces.append(.one(crossesColons: true))
            default:
                pieces.append(.literal(scalar))
            }
        }
    }

    /// Whether the pattern covers the whole text.
    func matches(_ text: String) -> Bool {
        // reached[i]: the pieces so far can match exactly the first i characters.
        let scalars = Array(text.unicodeScalars)
        var reached = [Bool](repeating: false, count: scalars.count + 1)
        reached[0] = true
        for piece in pieces {
            var next = [Bool](repeating: false, count: scalars.count + 1)
            for index in reached.indices {
                let previous = index > 0 ? scalars[index - 1] : nil
                switch piece {
                case .literal(let scalar):
                    next[index] = previous == scalar && reached[index - 1]
                case .one(let crossesColons):
                    let fits = previous.map { crossesColons || $0 != ":" } ?? false
                    next[index] = fits && reached[index - 1]
                case .many(let crossesColons):
                    let grows = previous.map { crossesColons || $0 != ":" } ?? false
                    next[index] = reached[index] || (grows && next[index - 1])
                }
            }
            guard next.contains(true) else {
                return false
            }
            reached = next
        }
        return reached[scalars.count]
    }
}
