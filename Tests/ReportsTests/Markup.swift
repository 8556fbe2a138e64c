import Foundation
import Testing

/// The tags of a page, read strictly: what a browser would have to guess is a failure.
struct Markup {
    struct Tag {
        let name: String
        let attributes: [(name: String, value: String)]
    }

    /// Start tags in order.
    private(set) var tags: [Tag] = []

    init(_ page: String) throws {
        var rest = page[...]
        #expect(rest.hasPrefix("<!DOCTYPE html>\n"))
        rest = rest.dropFirst("<!DOCTYPE html>\n".count)
        var open: [String] = []
        while let start = rest.firstIndex(of: "<") {
            #expect(!rest[..<start].contains(">"), "a > outside of tags: \(rest[..<start])")
            rest = rest[start...]
            let end = try #require(rest.firstIndex(of: ">"))
            let inside = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if inside.first == "/" {
                #expect(open.popLast() == String(inside.dropFirst()))
                continue
            }
            let name = String(inside.prefix { $0 != " " })
            tags.append(Tag(name: name, attributes: try Self.attributes(inside)))
            if !["meta", "input"].contains(name) { open.append(name) }
            if ["style", "script"].contains(name) {
                let stop = try #require(rest.range(of: "</\(name)>"))
                rest = rest[stop.lowerBound...]
            }
        }
        #expect(open.isEmpty && !rest.contains(">"))
    }

    func values(of attribute: String) -> [String] {
        tags.flatMap(\.attributes).filter { $0.name == attribute }.map(\.value)
    }

    private static func attributes(
        _ inside: Substring
    ) throws -> [(name: String, value: String)] {
        var all: [(name: String, value: String)] = []
        var rest = inside.drop { $0 != " " }
        while !rest.isEmpty {
            let found = rest.prefixMatch(of: #/ ([a-z-]+)="([^"]*)"/#)
            let match = try #require(found, "\(inside)")
            all.append((String(match.1), String(match.2)))
            rest = rest[match.range.upperBound...]
        }
        return all
    }
}
