import JSONSource

/// Text with markers such as `1️⃣`, which are taken out and kept as places.
///
/// Tests say with them where a problem must be reported, without counting bytes.
struct MarkedText {
    let bytes: [UInt8]
    private let markers: [Int: Character]

    init(_ text: String) {
        var bytes: [UInt8] = []
        var markers: [Int: Character] = [:]
        for character in text {
            if "1️⃣2️⃣3️⃣4️⃣5️⃣".contains(character) {
                markers[bytes.count] = character
            } else {
                bytes += Array(String(character).utf8)
            }
        }
        self.bytes = bytes
        self.markers = markers
    }

    /// `1️⃣ message`, or the line and column where no marker stands; warnings say that they are.
    func describe(_ diagnostic: Diagnostic) -> String {
        let offset = Int(diagnostic.span.start)
        let position = SourceText(path: "", bytes: bytes).position(at: offset)
        let place = markers[offset].map(String.init) ?? "\(position.line):\(position.column)"
        let kind = diagnostic.severity == .warning ? "warning: " : ""
        return "\(place) \(kind)\(diagnostic.message)"
    }
}
