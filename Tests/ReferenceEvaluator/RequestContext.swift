/// The condition keys of a request; names are compared without regard to case (COND-4).
struct RequestContext {
    enum Value: Equatable {
        case single(String)
        case multiple([String])

        var isMultivalued: Bool {
            guard case .multiple = self else {
                return false
            }
            return true
        }

        /// All values, as a list.
        var all: [String] {
            switch self {
            case .single(let value):
                [value]
            case .multiple(let values):
                values
            }
        }
    }

    private(set) var values: [String: Value] = [:]

    subscript(key: String) -> Value? {
        values[key.lowercased()]
    }

    mutating func set(_ key: String, _ value: String?) {
        values[key.lowercased()] = value.map { .single($0) }
    }

    mutating func set(_ key: String, list: [String]?) {
        values[key.lowercased()] = list.map { .multiple($0) }
    }

    mutating func set(_ key: String, _ value: Value) {
        values[key.lowercased()] = value
    }

    mutating func remove(_ key: String) {
        values[key.lowercased()] = nil
    }

    /// Takes a value as the request gives it: null removes, a list is multivalued.
    mutating func set(_ key: String, given value: JSON) {
        switch value {
        case .null:
            remove(key)
        case .array(let elements):
            set(key, list: elements.compactMap(\.scalarText))
        default:
            set(key, value.scalarText)
        }
    }

    /// The first value of a key, as text.
    func text(_ key: String) -> String? {
        self[key]?.all.first
    }
}
