import PolicyLanguage
import Testing

@Suite("DecimalNumber")
struct DecimalNumberTests {
    struct Pair: CustomTestStringConvertible {
        let left: String
        let right: String

        init(_ left: String, _ right: String) {
            self.left = left
            self.right = right
        }

        var testDescription: String { "\(left) and \(right)" }
    }

    @Test(
        "COND-19: numbers are equal by value",
        arguments: [
            Pair("2", "2.0"), Pair("0", "-0"), Pair("0", "0.000"), Pair("007", "7"),
            Pair("0.10", "0.1"), Pair("100", "1e2"), Pair("1.5E+1", "15"), Pair("0.001", "1e-3"),
            Pair("123456789012345678901234567890", "123456789012345678901234567890.0"),
        ]
    )
    func equality(_ row: Pair) throws {
        let left = try #require(DecimalNumber(row.left))
        let right = try #require(DecimalNumber(row.right))
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(!(left < right) && !(right < left))
    }

    @Test(
        "COND-19: numbers are ordered by value, without binary rounding",
        arguments: [
            Pair("1", "2"), Pair("9", "10"), Pair("-2", "-1"), Pair("-10", "-9"), Pair("-1", "0"),
            Pair("0", "0.1"), Pair("-0.1", "0"), Pair("0.09", "0.1"), Pair("1.1", "1.11"),
            Pair("9007199254740992", "9007199254740993"),
            Pair("0.30000000000000000000", "0.30000000000000004"),
            Pair("99999999999999999999", "100000000000000000000"), Pair("-1e100", "1e-100"),
        ]
    )
    func order(_ row: Pair) throws {
        let left = try #require(DecimalNumber(row.left))
        let right = try #require(DecimalNumber(row.right))
        #expect(left < right)
        #expect(!(right < left))
        #expect(left != right)
    }

    @Test(
        "COND-19: what is not wholly a number is none",
        arguments: [
            "", " ", "10abc", "abc", "1.", ".5", ".", "1.2.3", "1,5", "0x10", "--1", "-", "1e",
            "1e1.5", " 1",
            "1 ", "1e10001", "NaN", "Infinity", "१",
        ]
    )
    func refused(_ text: String) {
        #expect(DecimalNumber(text) == nil)
    }
}

@Suite("IPAddressRange")
struct IPAddressRangeTests {
    struct Case: CustomTestStringConvertible {
        let rule: String
        let range: String
        let address: String
        let contains: Bool

        init(_ rule: String, _ range: String, _ address: String, _ contains: Bool) {
            self.rule = rule
            self.range = range
            self.address = address
            self.contains = contains
        }

        var testDescription: String {
            "\(rule): \(range) \(contains ? "holds" : "does not hold") \(address)"
        }
    }

    @Test(
        "COND-26, COND-27: a range holds the addresses of its family and prefix",
        arguments: [
            Case("COND-26", "10.0.0.0/8", "10.255.255.255", true),
            Case("COND-26", "10.0.0.0/8", "11.0.0.0", false),
            Case("COND-26", "10.1.2.3", "10.1.2.3", true),
            Case("COND-26", "10.1.2.3", "10.1.2.4", false),
            Case("COND-26", "10.1.2.3/32", "10.1.2.3", true),
            Case("COND-26", "0.0.0.0/0", "203.0.113.9", true),
            Case("COND-26", "203.0.113.128/25", "203.0.113.127", false),
            Case("COND-26", "203.0.113.128/25", "203.0.113.128", true),
            Case("COND-26", "203.0.113.0/30", "203.0.113.3", true),
            Case("COND-26", "203.0.113.0/30", "203.0.113.4", false),
            Case("COND-26", "10.0.0.0/8", "10.1.0.0/16", true),
            Case("COND-26", "10.1.0.0/16", "10.0.0.0/8", false),
            Case("COND-26", "2001:db8::/32", "2001:db8:ffff::1", true),
            Case("COND-26", "2001:db8::/32", "2001:db9::", false),
            Case("COND-26", "2001:db8::1", "2001:db8::1", true),
            Case("COND-26", "2001:db8::1", "2001:db8::2", false),
            Case("COND-26", "2001:db8::/33", "2001:db8:8000::", false),
            Case("COND-26", "::/0", "fe80::1", true),
            Case("COND-27", "0.0.0.0/0", "::1", false),
            Case("COND-27", "::/0", "10.0.0.1", false),
            Case("COND-27", "10.9.9.9/8", "10.0.0.1", true),
            Case("COND-27", "2001:db8::ffff/64", "2001:db8::1", true),
            Case("COND-27", "10.0.0.0/8", "::ffff:10.0.0.1", false),
            Case("COND-27", "::ffff:0:0/96", "::ffff:10.0.0.1", true),
            Case("COND-27", "2001:DB8::A", "2001:0db8:0000:0000:0000:0000:0000:000a", true),
            Case("COND-27", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", true),
            Case("COND-27", "::ffff:1.2.3.4", "::ffff:102:304", true),
        ]
    )
    func containment(_ row: Case) throws {
        let range = try #require(IPAddressRange(row.range))
        let address = try #require(IPAddressRange(row.address))
        #expect(range.contains(address) == row.contains)
    }

    @Test(
        "what is no address or range is refused",
        arguments: [
            "", "10", "10.0.0", "10.0.0.0.0", "10.0.0.256", "10.0.0.-1", "10.0.0.a", "10.0.0.0/33",
            "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/ 8", " 10.0.0.1", "10.0.0.*", ":",
            ":::",
            "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::12345", "::g",
            "::/129", "fe80::1%eth0", "1.2.3.4::", "1.2.3.4::1", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4",
            "1.2.3.4:1::",
        ]
    )
    func refused(_ text: String) {
        #expect(IPAddressRange(text) == nil)
    }

    @Test("a bare address is a range of one")
    func bareAddress() {
        #expect(IPAddressRange("10.0.0.1")?.prefixLength == 32)
        #expect(IPAddressRange("::1")?.prefixLength == 128)
        #expect(IPAddressRange("10.0.0.1")?.isIPv4 == true)
        #expect(IPAddressRange("::1")?.isIPv4 == false)
    }
}

@Suite("ISODuration")
struct ISODurationTests {
    struct Read: CustomTestStringConvertible {
        let text: String
        let seconds: Int64

        init(_ text: String, _ seconds: Int64) {
            self.text = text
            self.seconds = seconds
        }

        var testDescription: String { text }
    }

    @Test(
        "a duration is a sum of weeks, days, hours, minutes and seconds",
        arguments: [
            Read("PT2H", 7_200), Read("PT0S", 0), Read("PT900S", 900), Read("PT1H30M", 5_400),
            Read("PT1H2M3S", 3_723), Read("PT1H3S", 3_603), Read("P1D", 86_400),
            Read("P1W", 604_800),
            Read("P1DT12H", 129_600), Read("P0D", 0), Read("PT012H", 43_200),
        ]
    )
    func reads(_ row: Read) {
        #expect(ISODuration(row.text)?.seconds == row.seconds)
    }

    @Test(
        "what has no fixed length, or is no duration, is refused",
        arguments: [
            "", "P", "PT", "P1DT", "T1H", "1H", "PT1", "PTH", "P1H", "PT1D", "P1M", "P1Y", "-PT1H",
            "PT-1H",
            "PT1M1H", "PT1H1H", "PT1.5H", "2 hours", "pt1h", "PT1H ", "PT99999999999999999999S",
            "PT2000000000S",
        ]
    )
    func refused(_ text: String) {
        #expect(ISODuration(text) == nil)
    }
}
