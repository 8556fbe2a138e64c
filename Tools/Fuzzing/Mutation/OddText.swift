/// Values and pieces of text that break things.
enum OddText {
    static func value(_ generator: inout SeededGenerator) -> [UInt8] {
        generator.pick(values).map { Array($0.utf8) } ?? []
    }

    /// A piece to put into a text.
    static func token(_ generator: inout SeededGenerator) -> [UInt8] {
        if generator.once(in: 12) {
            return (0...generator.below(3)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        }
        return generator.pick(tokens).map { Array($0.utf8) } ?? []
    }

    /// Signs that divide AWS's texts.
    static let signs = Set(":/*?${}.,-@%#~= ".utf8)

    /// A text as a string of JSON.
    static func quoted(_ text: [UInt8]) -> [UInt8] {
        let escaped = text.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
            case 0..<0x20: Array("\\u00".utf8) + hexadecimal(byte)
            default: [byte]
            }
        }
        return Array("\"".utf8) + escaped + Array("\"".utf8)
    }

    /// A text as IAM answers it: %-encoded, in a string.
    static func percentEncoded(_ text: [UInt8]) -> [UInt8] {
        let encoded = text.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                [byte]
            default: Array("%".utf8) + hexadecimal(byte)
            }
        }
        return Array("\"".utf8) + encoded + Array("\"".utf8)
    }

    private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}

extension OddText {
    private static let values = [
        "null", "true", "false", "0", "-0", "-1", "1e309", "1e-999999999", "0.1", "123456789012",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1E+2",
        #""""#, #"" ""#, #""*""#, #""?""#, #""arn:""#, #""arn:aws:iam::123456789012:root""#,
        #""arn:aws:iam::*:role/*""#, #""arn:aws:s3:::""#, #""${aws:""#, #""${aws:username}""#,
        #""${aws:PrincipalTag/team, 'none'}""#, #""${*}""#, #""${$}{""#, #""\ud800""#,
        #""\ud83e\udea3""#, #""\u0000""#, #""\u202e""#, #""a\u0301""#, #""á""#, #""İ""#,
        #""2026-13-01T00:00:00Z""#, #""9999-12-31T23:59:59Z""#, #""1970-01-01T00:00:00-23:59""#,
        #""PT0S""#, #""P1000000000W""#, #""PT""#, #""10.0.0.0/33""#, #""::/0""#,
        #""::ffff:1.2.3.4""#,
        #""ForAllValues:""#, #""ForAnyValue:StringLikeIfExists""#, #""NullIfExists""#,
        #""sts:AssumeRole""#, #""s3:*""#, #""*:*""#, #""iam:Pass*""#, #""$saved""#, #""$""#,
        #""service:""#, #""service:lambda.amazonaws.com""#, #""anonymous""#, #""sso:a/b@c""#,
        #""Root""#, #""Root/""#, #""Root//a""#, #""../../../../etc/passwd""#, #""/dev/zero""#,
        "[]", "{}", "[null]", "[[]]", "[{}]", #"["*", "*"]"#, #"[""]"#, #"{"AWS": "*"}"#,
        #"{"AWS": []}"#, #"{"Federated": "*"}"#, #"{"": {"": {}}}"#, #"{"Null": {"aws:a": "x"}}"#,
        #"{"$ref": "x.json"}"#, ##"{"$ref": "#"}"##, ##"{"$ref": "#/root"}"##,
        ##"{"$ref": "#/Statement/0"}"##, #"{"$ref": "."}"#, #"{"$lint": {"a": 1}}"#,
        #"{"$lint": {"bucket-open-to-everyone": "why"}}"#, #"{"document": {}}"#,
        #"{"Version": "2012-10-17", "Statement": []}"#, #"{"StringEquals": {"a": {}}}"#,
    ]

    private static let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\\"", "\\u0000", "\\u", "\\ud83e", "\\n",
        "null",
        "*", "**", "?", "${", "}", "${aws:username}", "${*}", "${$}", "${aws:PrincipalTag/", ", '",
        "$ref", "$lint", "$", "$schema", "Statement", "Principal", "NotAction", "NotPrincipal",
        "Federated", "Version", "IfExists", "ForAllValues:", "ForAnyValue:", "aws:", "::", ":::",
        "arn:aws:", "/", "//", "..", "../", "./", "#/", "~", "~1", "~2", "@", "%", "%7B", "%22",
        "%",
        "=", "--", "-", "+", "0", "00", "1", "9223372036854775807", "e", "E9", ".", "Z", "T", "P",
        " ", "\t", "\n", "\r\n", "\u{0}", "\u{1B}[2J", "\u{7F}", "\u{85}", "\u{A0}", "\u{FEFF}",
        "\u{200B}", "\u{200D}", "\u{202E}", "\u{2066}", "\u{2028}", "é", "e\u{301}", "\u{301}", "İ",
        "ß", "ſ", "K", "ﬁ", "１", "٣", "🪣", "👨‍👩‍👧", "\u{10FFFF}", "\u{FFFD}", "漢字", "ا",
    ]
}
