import Authorization
import JSONSource
import PolicyLanguage

/// The condition keys of lines, found by their bytes.
struct KeyNames: ~Copyable {
    /// A key that was met before.
    struct Known: BitwiseCopyable {
        /// The same for the keys that differ by case only.
        var number: Int32 = 0
        var spelling: Int32 = 0
        var isSetByAWS = false
    }

    /// Where a key stands among those that policies read.
    private struct Place: BitwiseCopyable {
        /// 0 for none.
        var place: UInt32 = 0
        /// How many places there were when it was looked up.
        var count: UInt32 = 0
    }

    private var table = TextTable<Known>()
    private var spellings: [ConditionKey] = []
    private var numbers: [ConditionKey: Int32] = [:]
    private var places: [Place] = []
    /// So many are kept before all are forgotten.
    private static let limit = 1 << 16
}

extension KeyNames {
    /// Nil for what is no name of a key.
    mutating func known(_ text: UnsafeRawBufferPointer) -> Known? {
        table.value(of: text) ?? learn(text)
    }

    private mutating func learn(_ text: UnsafeRawBufferPointer) -> Known? {
        guard text.contains(UInt8(ascii: ":")) else { return nil }
        let key = ConditionKey(String(decoding: text, as: UTF8.self))
        let number = numbers[key] ?? Int32(numbers.count)
        numbers[key] = number
        if Int(number) == places.count { places.append(Place()) }
        let known = Known(
            number: number,
            spelling: Int32(spellings.count),
            isSetByAWS: GivenContext.isSetByAWS(key)
        )
        spellings.append(key)
        table.note(known, for: text)
        return known
    }

    /// Makes room; between two lines, for it forgets all that was known.
    mutating func forgetIfFull() {
        guard spellings.count > Self.limit else { return }
        table.forget()
        spellings = []
        numbers = [:]
        places = []
    }

    func spelling(_ known: Known) -> ConditionKey { spellings[Int(known.spelling)] }

    /// Where a key stands among those that policies read, of which there are so many; 0 where none
    /// does, nil where it is to be looked up.
    func place(_ known: Known, of count: UInt32) -> UInt32? {
        let place = places[Int(known.number)]
        return place.place == 0 && place.count != count ? nil : place.place
    }

    mutating func note(place: UInt32, _ known: Known, of count: UInt32) {
        places[Int(known.number)] = Place(place: place, count: count)
    }

    /// Forgets the places, which are those of one era of the decider.
    mutating func forgetPlaces() {
        for number in places.indices { places[number] = Place() }
    }
}
