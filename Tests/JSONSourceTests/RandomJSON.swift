/// JSON texts made of everything that is rare: escapes, surrogates, blanks, long and equal keys.
struct RandomJSON {
    private var state: UInt64
    private(set) var bytes: [UInt8] = []

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    private mutating func one<Element>(of choices: [Element]) -> Element {
        choices[below(choices.count)]
    }

    /// A text that is sound but for a key that may stand twice.
    mutating func document() -> [UInt8] {
        bytes = []
        value(depth: 0)
        blanks()
        return bytes
    }

    /// The text made last with a few bytes changed.
    mutating func mutated() -> [UInt8] {
        var text = bytes
        for _ in 0...below(3) where !text.isEmpty {
            let place = below(text.count)
            switch below(5) {
            case 0: text.remove(at: place)
            case 1: text[place] = UInt8(below(256))
            case 2: text[place] = one(of: Self.marks)
            case 3: text.insert(one(of: Self.marks), at: place)
            default: text.replaceSubrange(place..<text.count, with: text.prefix(below(8)))
            }
        }
        return text
    }

    private static let marks = Array("\"\\{}[],:/*#'=0-.eEtfnu \n\t\u{1}é😀$".utf8)

    private mutating func value(depth: Int) {
        blanks()
        switch below(depth > 6 ? 5 : 9) {
        case 0: write(one(of: ["null", "true", "false"]))
        case 1: write(one(of: ["0", "-0", "12", "-3.25", "1e9", "2E-7", "0.5e+3", "98765432101"]))
        case 2...4: string()
        case 5, 6: list("[", "]", depth) { $0.value(depth: depth + 1) }
        default:
            list("{", "}", depth) { json in
                json.key()
                json.blanks()
                json.write(":")
                json.value(depth: depth + 1)
            }
        }
    }

    private mutating func list(
        _ open: String,
        _ close: String,
        _ depth: Int,
        _ part: (inout RandomJSON) -> Void
    ) {
        write(open)
        let count = below(40) == 0 && depth < 3 ? 30 : below(5)
        for index in 0..<count {
            if index > 0 { write(",") }
            blanks()
            part(&self)
            blanks()
        }
        blanks()
        write(close)
    }

    private mutating func key() {
        if below(3) == 0 { return string() }
        // From many names, so that most objects have none twice.
        let name = one(of: [
            "Action", "Effect", "k", "Statement", "$ref", "aLongNameOfAMember", "é",
        ])
        write("\"\(name)\(below(200))\"")
    }

    private mutating func string() {
        write("\"")
        for _ in 0..<below(below(10) == 0 ? 60 : 6) {
            write(
                one(of: [
                    "a", "Z", " ", "arn:aws:iam::", "é", "e\u{301}", "€", "😀", "\u{7F}", "/", "'",
                    #"\""#, #"\\"#, #"\/"#, #"\b\f\n\r\t"#, #"\u0041"#, #"\u00e9"#,
                    #"\uD83D\uDE00"#,
                    #"\u0000"#, "$", "K",
                ])
            )
        }
        write("\"")
    }

    private mutating func blanks() {
        switch below(8) {
        case 0: write(" ")
        case 1: write("\n" + String(repeating: " ", count: below(20)))
        case 2: write("\r\n\t \t")
        default: break
        }
    }

    private mutating func write(_ text: String) { bytes += text.utf8 }
}
