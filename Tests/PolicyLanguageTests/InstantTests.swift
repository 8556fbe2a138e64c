import PolicyLanguage
import Testing

@Suite("Instant")
struct InstantTests {
    struct Read: CustomTestStringConvertible {
        let rule: String
        let text: String
        let seconds: Int64?

        init(_ rule: String, _ text: String, _ seconds: Int64?) {
            self.rule = rule
            self.text = text
            self.seconds = seconds
        }

        var testDescription: String { "\(rule): '\(text)'" }
    }

    @Test(
        "a date of a policy is read in every form AWS names",
        arguments: [
            Read("COND-20", "2026", 1_767_225_600),
            Read("COND-20", "2026-01", 1_767_225_600),
            Read("COND-20", "2026-01-01", 1_767_225_600),
            Read("COND-20", "2026-01-01T00:00Z", 1_767_225_600),
            Read("COND-20", "2026-01-01T00:00:00Z", 1_767_225_600),
            Read("COND-20", "2026-01-01T00:00:00.000Z", 1_767_225_600),
            Read("COND-20", "2026-02", 1_769_904_000),
            Read("COND-20", "1970-01-01T00:00:01Z", 1),
            Read("COND-20", "1969-12-31T23:59:59Z", -1),
            Read("COND-20", "2000-02-29", 951_782_400),
            Read("COND-20", "2024-02-29", 1_709_164_800),
            Read("COND-20", "9999-12-31T23:59:59Z", 253_402_300_799),
            Read("COND-21", "1970", 0),
            Read("COND-21", "1767225600", 1_767_225_600),
            Read("COND-21", "0", 0),
            Read("COND-21", "20260", 20_260),
            Read("COND-21", "999", 999),
            Read("COND-23", "2026-01-01T01:00:00+01:00", 1_767_225_600),
            Read("COND-23", "2025-12-31T18:30:00-05:30", 1_767_225_600),
            Read("COND-23", "2026-01-01T00:00+00:00", 1_767_225_600),
        ]
    )
    func reads(_ row: Read) {
        #expect(Instant(policyValue: row.text)?.microseconds == row.seconds.map { $0 * 1_000_000 })
    }

    @Test(
        "what is no date is refused",
        arguments: [
            "", "now", "0000", "2026-", "2026-1", "2026-13", "2026-00", "2026-02-29", "2026-04-31",
            "2026-01-00", "1900-02-29", "2026-01-01T", "2026-01-01T00Z", "2026-01-01T00:00",
            "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:60Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+1:00",
            "2026-01-01T00:00:00+0100", "2026-01-01T00:00:00Zx", "2026-01-01 00:00:00Z",
            "2026-01-01t00:00:00z", "2026/01/01", "-5", "1.5", "2026-*", "99999999999999999999",
        ]
    )
    func refuses(_ text: String) {
        #expect(Instant(policyValue: text) == nil)
    }

    @Test("COND-23: fractions of a second count, down to the microsecond")
    func fractions() throws {
        let half = try #require(Instant(policyValue: "2026-01-01T00:00:00.5Z"))
        #expect(half == Instant(policyValue: "2026-01-01T00:00:00.500000Z"))
        #expect(half == Instant(policyValue: "2026-01-01T00:00:00.5000009Z"))
        #expect(half.seconds == 1_767_225_600)
        #expect(try #require(Instant(policyValue: "2026-01-01T00:00:00.49Z")) < half)
        #expect(half < (try #require(Instant(policyValue: "2026-01-01T00:00:01Z"))))
    }

    @Test("a clock needs date, time and zone")
    func clock() {
        #expect(Instant(iso8601: "2026-01-15T09:00:00Z")?.seconds == 1_768_467_600)
        #expect(Instant(iso8601: "2026-01-15T09:00Z")?.seconds == 1_768_467_600)
        for text in ["2026-01-15", "1768467600", "2026", "yesterday", "2026-01-15T09:00:00"] {
            #expect(Instant(iso8601: text) == nil, "\(text)")
        }
    }

    @Test(
        "an instant prints as it is written in UTC",
        arguments: [
            "2026-01-15T09:00:00Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
            "2024-02-29T12:34:56Z", "1900-03-01T00:00:00Z", "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z", "2026-01-01T00:00:00.000001Z", "1969-12-31T23:59:59.500000Z",
        ]
    )
    func prints(_ text: String) {
        #expect(Instant(policyValue: text)?.description == text)
    }

    @Test("every day of two leap cycles prints and reads back")
    func calendar() {
        for day in Int64(-800)...(800) {
            let instant = Instant(seconds: day * 86_400 * 100)
            #expect(Instant(policyValue: instant.description) == instant)
        }
    }

    @Test("time added keeps the fraction and stops at the end of the calendar")
    func adding() throws {
        let start = try #require(Instant(policyValue: "2026-01-01T00:00:00.25Z"))
        #expect(start.adding(seconds: 90_061).description == "2026-01-02T01:01:01.250000Z")
        #expect(start.adding(seconds: .max).description == "9999-12-31T23:59:59Z")
        #expect(start.adding(seconds: 300_000_000_000).description == "9999-12-31T23:59:59Z")
    }
}
