/// Stable ids for what a file leaves without one (formats, section 1).
package enum DerivedIdentifier {
    /// FNV-1a, 64 bits, of the UTF-8 text as 16 lower-case hexadecimal digits.
    package static func digest(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 {
            hash ^= UInt64(byte)
            hash = hash &* 0x100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
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
        prefix + digest(arn).uppercased() + String(generation)
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
        return digest(instance + "/" + permissionSet + "/" + account + again)
    }
}
