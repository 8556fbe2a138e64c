import Explaining
import JSONSource
import PolicyLanguage

/// What must hold of identifiers and values, whatever two texts they are read from.
struct TextProperty: Sendable {
    let name: String
    let holds: @Sendable (_ first: String, _ second: String) -> Bool
}

enum TextProperties {
    static let all: [TextProperty] = [
        TextProperty(name: "a pasted message names an action and a principal") { text, other in
            let whole = "User: \(other) is not authorized to perform: \(text)"
            for message in [text, whole, whole + " on resource: \(other) because no \(text)"] {
                guard let read = try? PastedMessage(message) else { continue }
                if read.principal.isEmpty { return false }
            }
            return true
        },
        TextProperty(name: "an ARN is its six parts") { text, _ in
            guard let arn = ARN(text) else { return true }
            let parts = [arn.partition, arn.service, arn.region, arn.account, arn.resource]
            return arn.description == "arn:" + parts.joined(separator: ":")
        },
        TextProperty(name: "an action is covered by its own pattern") { text, _ in
            guard let action = ActionName(text) else { return true }
            return action == ActionName(text.uppercased())
                && ActionPattern(text)?.matches(action) == true
        },
        TextProperty(name: "letter case does not matter to an action pattern") { text, other in
            guard let pattern = ActionPattern(text), let action = ActionName(other) else {
                return true
            }
            return ActionPattern(text.lowercased())?.matches(action) == pattern.matches(action)
        },
        TextProperty(name: "a condition key is equal to itself in other letters") { text, _ in
            ConditionKey(text) == ConditionKey(text)
        },
        TextProperty(name: "an operator reads as it is printed") { text, _ in
            guard let found = ConditionOperator(text) else { return true }
            return ConditionOperator(found.description) == found
        },
        TextProperty(name: "an instant reads as it is printed") { text, _ in
            guard let instant = Instant(policyValue: text) else { return true }
            // Zones may lead out of the years that can be written.
            guard instant.description.utf8.count < 29, !instant.description.hasPrefix("0000"),
                !instant.description.hasPrefix("-")
            else { return true }
            return Instant(iso8601: instant.description) == instant
                || instant.description.hasPrefix("10000")
        },
        TextProperty(name: "a duration is its seconds") { text, _ in
            guard let duration = ISODuration(text) else { return true }
            guard duration.seconds <= 1_000_000_000 else { return true }
            return ISODuration("PT\(duration.seconds)S") == duration
        },
        TextProperty(name: "one of two numbers is less, or they are equal") { text, other in
            guard let first = DecimalNumber(text), let second = DecimalNumber(other) else {
                return true
            }
            let ways = [first < second, second < first, first == second]
            return ways.count { $0 } == 1
        },
        TextProperty(name: "a range holds itself, and two that hold each other are one") {
            text,
            other in
            guard let first = IPAddressRange(text) else { return true }
            guard first.contains(first) else { return false }
            guard let second = IPAddressRange(other), first.contains(second),
                second.contains(first)
            else { return true }
            return first.prefixLength == second.prefixLength
        },
        TextProperty(name: "base64 is three bytes for four signs") { text, _ in
            guard let bytes = Base64.bytes(text) else { return true }
            let padding = text.reversed().prefix { $0 == "=" }.count
            return bytes.count == text.utf8.count / 4 * 3 - min(2, padding)
        },
        TextProperty(name: "a text without wildcards covers itself, and any with '*'") {
            text,
            other in
            let context = RequestContext()
            let literal = TextTemplate(text, wildcards: .literal, variables: .literal)
            guard literal.text(in: context) == text,
                literal.expanded(in: context)?.matches(text) == true
            else { return false }
            let open = TextTemplate(text + "*", wildcards: .active, variables: .literal)
            return open.expanded(in: context)?.matches(text + other) != false
                || text.utf8.contains { $0 == UInt8(ascii: "?") }
        },
        TextProperty(name: "variables are the same with every wildcard") { text, _ in
            let active = TextTemplate(text, wildcards: .active, variables: .expanded)
            let literal = TextTemplate(text, wildcards: .literal, variables: .expanded)
            return active.variables == literal.variables
        },
        TextProperty(name: "'*' covers every resource, an ARN itself") { text, other in
            let context = RequestContext()
            let everything = ResourcePattern("*", variables: .expanded, completion: .asWritten)
            guard everything.matches(.named(text), in: context) else { return false }
            let pattern = ResourcePattern(text, variables: .literal, completion: .completed)
            _ = pattern.matches(.named(other), in: context)
            guard ARN(text) != nil, !text.contains("*"), !text.contains("?") else { return true }
            return pattern.matches(.named(text), in: context)
        },
        TextProperty(name: "a tidy path is tidy") { text, other in
            let path = FilePath.join(text, relativeTo: other)
            return FilePath.tidy(path) == path
        },
        TextProperty(name: "a pointer reads as it is written") { text, _ in
            guard let pointer = JSONPointer(text) else { return true }
            // By scalars: for Swift a sign with a combining mark is another character.
            let parts = pointer.parts.map { part in
                "/"
                    + part.unicodeScalars.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }
                    .joined()
            }
            return JSONPointer(parts.joined()) == pointer
        },
        TextProperty(name: "what is printed is printable") { text, _ in
            let shown = text.printable
            return shown.printable == shown && PrintedText.problems(shown).isEmpty
        },
        TextProperty(name: "a name is nearest to itself") { text, other in
            let nearest = NearestName.of(text, among: [other, text])
            return nearest == text || nearest == nil || text.lowercased() == nearest?.lowercased()
        },
    ]

    static let words = [
        "arn:aws:iam::123456789012:role/team/Deploy", "arn:aws:s3:::bucket/key", "arn:aws:s3:::*",
        "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:instance/i-1", "arn:::::", "arn:aws:s3",
        "arn:aws:*:*:*:*", "arn:aws:iam::${aws:PrincipalAccount}:role/${aws:username}",
        "123456789012", "s3:GetObject", "s3:Get*", "*:*", "*", "s3:?etObject", "cognito-idp:A",
        "2026-01-15T09:00:00Z", "2026-01-15T09:00:00.123456+01:00", "2026", "2026-02-29",
        "1767225600",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "253402300799", "PT2H", "P1DT30M",
        "P1W", "PT1000000000S", "0", "-0", "1e10", "-1.50e-3", "+2.0", "00.10", "1e10000",
        "9e-10000",
        "10.0.0.0/8", "203.0.113.9", "2001:db8::/32", "::", "::ffff:10.0.0.1", "1::2:3/127",
        "0.0.0.0/0",
        "aGVsbG8=", "aGVsbA==", "AAAA", "====", "ForAllValues:StringLikeIfExists", "null", "Bool",
        "aws:PrincipalTag/team", "${aws:PrincipalTag/team, 'none'}", "${*}${?}${$}", "${a${b}}",
        "a?b*c",
        "a**********************b", "../a/./b//c/..", "/a/../..", "/iam/roles/Deploy", "a~1b~0c",
        "~2",
    ]
}
