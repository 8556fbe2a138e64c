import JSONSource

/// What was made of texts, to be found by their bytes.
struct KeptReadings<Made> {
    private var texts = WrittenPlaces()
    private var made: [Made] = []

    /// What was made of some bytes that are read in one of several ways.
    func find(_ bytes: UnsafeRawBufferPointer, hash: UInt64, way: UInt8 = 0) -> Made? {
        let place = texts.find(bytes, hash: hash, way: way)
        return place < 0 ? nil : made[place]
    }

    func find(_ text: WrittenJSON, way: UInt8 = 0) -> Made? {
        let place = texts.find(text, way: way)
        return place < 0 ? nil : made[place]
    }

    /// Keeps what was made of a text of which nothing is known yet.
    mutating func add(_ made: Made, of text: WrittenJSON, way: UInt8 = 0) {
        texts.add(text, way: way)
        self.made.append(made)
    }
}

extension KeptReadings: Sendable where Made: Sendable {}
