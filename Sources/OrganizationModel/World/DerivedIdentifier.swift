/// Stable ids for what a file leaves without one (formats, section 1).
package enum DerivedIdentifier {
    /// FNV-1a, 64 bits, of the UTF-8 text as 16 lower-case hexadecimal digits.
    package static func digest(_ text: String) -> String { digest(fnv(text)) }

    private static func digest(_ hash: UInt64) -> String {
        String(unsafeUninitializedCapacity: 16) { write(hash, as: digits, into: $0) }
    }

    private static let digits: StaticString = "0123456789abcdef"
    private static let capitals: StaticString = "0123456789ABCDEF"

    /// That of a text which goes on where another one ended.
    private static func fnv(
        _ text: String,
        behind start: UInt64 = 0xcbf2_9ce4_8422_2325
    ) -> UInt64 {
        var hash = start
        for byte in text.utf8 {
            hash ^= UInt64(byte)
            hash = hash &* 0x100_0000_01b3
        }
        return hash
    }

    /// Writes all sixteen digits; every user and role has some.
    private static func write(
        _ hash: UInt64,
        as digits: StaticString,
        into bytes: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        for place in 0..<16 {
            let digit = Int(truncatingIfNeeded: hash >> UInt64(60 - place * 4)) & 15
            bytes.initializeElement(at: place, to: digits.utf8Start[digit])
        }
        return 16
    }

    package static func organization(managementAccount: String) -> String {
        "o-" + digest(managementAccount).prefix(10)
    }

    package static func root(organization: String) -> String {
        "r-" + digest(organization).prefix(4)
    }

    package static func unit(root: String, path: String) -> String {
        "ou-" + root.dropFirst(2) + "-" + digest(path).prefix(8)
    }

    /// The unique id of an IAM entity: prefix, digest of the ARN, count of rebirths.
    package static func entity(prefix: String, arn: String, generation: Int = 0) -> String {
        let hash = fnv(arn)
        let digest = String(unsafeUninitializedCapacity: 16) {
            write(hash, as: capitals, into: $0)
        }
        return prefix + digest + String(generation)
    }

    /// Whether a text can be the unique id of an IAM entity.
    ///
    /// Source: IAM User Guide, "IAM identifiers" (unique identifiers).
    package static func isEntity(_ text: some Collection<UInt8>, prefix: String) -> Bool {
        let capital = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let digit = UInt8(ascii: "0")...UInt8(ascii: "9")
        return text.starts(with: prefix.utf8) && (16...128).contains(text.count)
            && text.allSatisfy { capital.contains($0) || digit.contains($0) }
    }

    /// The sixteen digits behind the name of a provisioned role.
    package static func roleSuffix(
        instance: String,
        permissionSet: String,
        account: String,
        generation: Int = 0
    ) -> String {
        // A role that is provisioned again after it was gone has another suffix (IDC-3).
        let again = generation == 0 ? "" : "/\(generation)"
        // PERF: one for each role that is provisioned; no text is put together.
        var hash = fnv(instance)
        for part in ["/", permissionSet, "/", account, again] { hash = fnv(part, behind: hash) }
        return digest(hash)
    }
}
