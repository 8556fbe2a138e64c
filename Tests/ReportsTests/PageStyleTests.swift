import Foundation
import Reports
import Testing

/// Whether people can read the page, by day and by night.
@Suite("Contrast of pages")
struct PageStyleTests {
    /// Text and what it stands on.
    private static let pairs = [
        ("text", "page"), ("text", "raised"), ("text", "mark"), ("text", "bad-tint"),
        ("text", "open-tint"), ("faint", "page"), ("faint", "raised"), ("faint", "bad-tint"),
        ("faint", "open-tint"), ("link", "page"), ("link", "bad-tint"), ("good", "page"),
        ("good", "good-tint"), ("bad", "page"), ("bad", "bad-tint"), ("bad", "raised"),
        ("open", "page"), ("open", "open-tint"), ("odd", "odd-tint"),
    ]

    @Test("text has a contrast of at least 4.5 in every scheme (WCAG 2.2, 1.4.3)")
    func contrast() throws {
        let page = try PageWorld().page()
        let blocks = page.matches(of: /:root \{([^}]*)\}/).map { String($0.1) }
        #expect(blocks.count == 3)
        var base: [String: String] = [:]
        for block in blocks {
            var colours = base
            for match in block.matches(of: /--([a-z-]+): (#[0-9a-f]{6})/) {
                colours[String(match.1)] = String(match.2)
            }
            if base.isEmpty { base = colours }
            for (text, ground) in Self.pairs {
                let ratio = Self.ratio(
                    try #require(colours[text]),
                    try #require(colours[ground])
                )
                #expect(ratio >= 4.5, "\(text) on \(ground): \(ratio)")
            }
        }
        // The verdict is white on its band; on paper it is black on white.
        for block in blocks.prefix(2) {
            let bands = block.matches(of: /-band: (#[0-9a-f]{6})/).map { String($0.1) }
            #expect(bands.count == 4)
            for band in bands { #expect(Self.ratio("#ffffff", band) >= 4.5, "\(band)") }
        }
    }

    private static func ratio(_ one: String, _ other: String) -> Double {
        let lights = [luminance(one), luminance(other)].sorted()
        return (lights[1] + 0.05) / (lights[0] + 0.05)
    }

    private static func luminance(_ colour: String) -> Double {
        let number = Int(colour.dropFirst(), radix: 16) ?? 0
        let parts = [number >> 16, number >> 8 & 255, number & 255].map { part in
            let value = Double(part) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
