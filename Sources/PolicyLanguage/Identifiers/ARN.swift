import JSONSource

/// An Amazon Resource Name, split at its first five colons into six parts.
///
/// The sixth part keeps any further colons and slashes. ARNs are equal when their bytes are: what
/// Swift takes for the same text, such as a letter with its accent in one piece or in two, AWS does
/// not. Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)".
package struct ARN: Sendable, CustomStringConvertible {
    package let description: String
    /// Where the four parts behind `arn` end; an organization has hundreds of thousands of ARNs, so
    /// the parts are cut out when asked for.
    private let partitionEnd: UInt32
    private let serviceEnd: UInt32
    private let regionEnd: UInt32
    private let accountEnd: UInt32

    /// Nil unless the text has six parts, the first of them `arn`, none of the needed ones empty.
    package init?(_ text: some StringProtocol) {
        self.init(String(text))
    }

    package init?(_ text: String) {
        var text = text
        let ends = text.withUTF8 { Self.ends(in: $0) }
        guard let ends else { return nil }
        self.init(text, ends)
    }

    package init(
        partition: String,
        service: String,
        region: String = "",
        account: String,
        resource: String
    ) {
        var ends = SIMD4<UInt32>()
        let head = [partition, service, region, account]
        // Room for "arn" and five colons.
        let length = head.reduce(8 + resource.utf8.count) { $0 + $1.utf8.count }
        let text = String(unsafeUninitializedCapacity: length) { bytes in
            var end = bytes.initialize(fromContentsOf: "arn:".utf8)
            for (place, part) in head.enumerated() {
                end = bytes[end...].initialize(fromContentsOf: part.utf8)
                ends[place] = UInt32(clamping: end)
                bytes.initializeElement(at: end, to: UInt8(ascii: ":"))
                end += 1
            }
            return bytes[end...].initialize(fromContentsOf: resource.utf8)
        }
        self.init(text, ends)
    }

    /// The ARN of something in IAM of an account: a kind such as `role`, a path with its slashes and
    /// a name.
    package init(iam account: AccountID, _ kind: String, path: String, name: String) {
        // PERF: one for each role of an organization.
        let head: StaticString = "arn:aws:iam::"
        let account = account.description
        let headEnd = head.utf8CodeUnitCount
        let accountEnd = headEnd + account.utf8.count
        let length = accountEnd + 1 + kind.utf8.count + path.utf8.count + name.utf8.count
        let text = String(unsafeUninitializedCapacity: length) { bytes in
            let start = UnsafeBufferPointer(start: head.utf8Start, count: headEnd)
            var end = bytes.initialize(fromContentsOf: start)
            end = bytes[end...].initialize(fromContentsOf: account.utf8)
            bytes.initializeElement(at: end, to: UInt8(ascii: ":"))
            end += 1
            for part in [kind, path, name] {
                end = bytes[end...].initialize(fromContentsOf: part.utf8)
            }
            return end
        }
        self.init(text, SIMD4(7, 11, 12, UInt32(clamping: accountEnd)))
    }

    private init(_ text: String, _ ends: SIMD4<UInt32>) {
        description = text
        (partitionEnd, serviceEnd, regionEnd, accountEnd) = (ends[0], ends[1], ends[2], ends[3])
    }

    /// The places of the second to the fifth colon.
    private static func ends(in bytes: UnsafeBufferPointer<UInt8>) -> SIMD4<UInt32>? {
        guard bytes.count >= 10, bytes.count <= Int(UInt32.max), bytes[0] == UInt8(ascii: "a"),
            bytes[1] == UInt8(ascii: "r"), bytes[2] == UInt8(ascii: "n"),
            bytes[3] == UInt8(ascii: ":")
        else { return nil }
        var ends = SIMD4<UInt32>()
        var found = 0
        for place in 4..<bytes.count where bytes[place] == UInt8(ascii: ":") {
            ends[found] = UInt32(place)
            found += 1
            if found == 4 { break }
        }
        let isWhole = found == 4 && Int(ends[3]) + 1 < bytes.count
        return isWhole && ends[0] > 4 && ends[1] > ends[0] + 1 ? ends : nil
    }
}

// The parts.
extension ARN {
    package var partition: String { part(4, partitionEnd) }
    package var service: String { part(partitionEnd + 1, serviceEnd) }
    package var region: String { part(serviceEnd + 1, regionEnd) }
    package var account: String { part(regionEnd + 1, accountEnd) }
    package var resource: String { String(resourceText) }

    package var accountID: AccountID? { AccountID(text(regionEnd + 1, accountEnd)) }

    /// The sixth part without a copy of it.
    package var resourceText: Substring {
        let bytes = description.utf8
        return description[bytes.index(bytes.startIndex, offsetBy: Int(accountEnd) + 1)...]
    }

    /// Lends the last four parts as bytes: service, Region, account and resource.
    package func withParts<Result>(_ work: (ARNParts) -> Result) -> Result {
        var text = description
        return text.withUTF8 { bytes in
            func part(_ start: UInt32, _ end: Int) -> UnsafeBufferPointer<UInt8> {
                UnsafeBufferPointer(rebasing: bytes[Int(start)..<end])
            }
            return work(
                ARNParts(
                    service: part(partitionEnd + 1, Int(serviceEnd)),
                    region: part(serviceEnd + 1, Int(regionEnd)),
                    account: part(regionEnd + 1, Int(accountEnd)),
                    resource: part(accountEnd + 1, bytes.count)
                )
            )
        }
    }

    /// Whether the sixth part begins with an ASCII text.
    package func resourceBegins(with head: StaticString) -> Bool {
        var text = description
        return text.withUTF8 { bytes in
            let resource = bytes[(Int(accountEnd) + 1)...]
            guard resource.count >= head.utf8CodeUnitCount else { return false }
            return head.withUTF8Buffer { resource.starts(with: $0) }
        }
    }

    /// The part of the resource before its first slash: `role` of `role/team/Deploy`.
    package var resourceType: Substring {
        let text = resourceText
        return Substring(text.utf8.prefix { $0 != UInt8(ascii: "/") })
    }

    /// Whether it names a VPC endpoint, whose policy is about calls through it.
    package var isVPCEndpoint: Bool { resourceBegins(with: "vpc-endpoint/") && service == "ec2" }

    /// What follows the last slash of the resource: `Deploy` of `role/team/Deploy`.
    package var resourceName: Substring {
        let text = resourceText
        let bytes = text.utf8
        return bytes.lastIndex(of: UInt8(ascii: "/")).map { text[bytes.index(after: $0)...] }
            ?? text
    }

    /// All that stands before the account, without the colon.
    package var beforeAccount: Substring { text(0, regionEnd) }

    private func part(_ start: UInt32, _ end: UInt32) -> String { String(text(start, end)) }

    private func text(_ start: UInt32, _ end: UInt32) -> Substring {
        let bytes = description.utf8
        let first = bytes.index(bytes.startIndex, offsetBy: Int(start))
        return description[first..<bytes.index(first, offsetBy: Int(end) - Int(start))]
    }
}

/// The parts of an ARN behind the partition, for as long as they are lent.
package struct ARNParts {
    package let service: UnsafeBufferPointer<UInt8>
    package let region: UnsafeBufferPointer<UInt8>
    package let account: UnsafeBufferPointer<UInt8>
    package let resource: UnsafeBufferPointer<UInt8>
}

extension ARN: Hashable {
    package static func == (left: ARN, right: ARN) -> Bool {
        // Equal bytes are equal texts, so the quick comparison may say no, but not yes.
        left.description == right.description
            && left.description.utf8.elementsEqual(right.description.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        var text = description
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
