extension StringProtocol {
    /// The parts between separators, empty ones too, byte by byte.
    ///
    /// For Swift a separator with a combining mark behind it is another character, for AWS and for
    /// file systems it is not: `b/\u{301}k` has two parts.
    package func parts(at separator: Unicode.Scalar, maxSplits: Int = .max) -> [Substring] {
        let bytes = Substring(self).utf8
        return bytes.split(
            separator: UInt8(ascii: separator),
            maxSplits: maxSplits,
            omittingEmptySubsequences: false
        ).map { Substring($0) }
    }
}

extension String {
    /// Whether `://` stands in it.
    ///
    /// PERF: nearly always there is no colon, which is soon seen.
    package var containsSchemeMark: Bool {
        utf8.contains(UInt8(ascii: ":")) && contains("://")
    }
}
