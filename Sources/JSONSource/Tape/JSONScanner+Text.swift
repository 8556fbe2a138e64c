// What the nodes of a text say, for those who read many small ones and keep no tape.
extension JSONScanner {
    /// The string that a node of the text read last is.
    package func string(of node: JSONNode, in text: UnsafeRawBufferPointer) -> String {
        text.string(in: node.textRange, isPlain: node.isPlainText)
    }
}

extension UnsafeRawBufferPointer {
    /// What stands between two quotation marks, escapes decoded.
    func string(in range: Range<Int>, isPlain: Bool) -> String {
        let written = UnsafeRawBufferPointer(rebasing: self[range])
        if isPlain || !written.contains(UInt8(ascii: "\\")) {
            return String(decoding: written, as: UTF8.self)
        }
        return String(decoding: bytes.decodedText(range, isPlain: false), as: UTF8.self)
    }
}
