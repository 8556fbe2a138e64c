/// The one way in which a file's JSON is laid out: what fits on a line stands on it, everything
/// else takes a line for each member or element.
///
/// Order, numbers and duplicates stay as they are; laying it out again changes nothing.
package struct JSONLayout {
    /// The longest line that is not broken, in bytes.
    package static let width = 100
    private var bytes: [UInt8] = []

    /// A file's text, ending in a line break.
    package static func text(of value: JSONValue) -> [UInt8] {
        var layout = JSONLayout()
        layout.write(value, depth: 0, before: 0)
        layout.bytes.append(UInt8(ascii: "\n"))
        return layout.bytes
    }
}

extension JSONLayout {
    /// Writes a value behind so many bytes of its line.
    private mutating func write(_ value: JSONValue, depth: Int, before: Int) {
        // The comma behind it takes a byte.
        let room = Self.width - before - 1
        switch value.content {
        case .array(let elements) where !elements.isEmpty:
            if let line = Self.line(value, room) { return bytes += line }
            bytes.append(UInt8(ascii: "["))
            for (number, element) in elements.enumerated() {
                breakLine(number > 0, depth + 1)
                write(element, depth: depth + 1, before: (depth + 1) * 2)
            }
            breakLine(false, depth)
            bytes.append(UInt8(ascii: "]"))
        case .object(let members) where !members.isEmpty:
            if depth > 0, let line = Self.line(value, room) { return bytes += line }
            bytes.append(UInt8(ascii: "{"))
            for (number, member) in members.enumerated() {
                breakLine(number > 0, depth + 1)
                let name = Self.name(member.key)
                bytes += name
                write(member.value, depth: depth + 1, before: (depth + 1) * 2 + name.count)
            }
            breakLine(false, depth)
            bytes.append(UInt8(ascii: "}"))
        default:
            bytes += JSONOutput(value).compact.utf8
        }
    }

    private mutating func breakLine(_ isBehindComma: Bool, _ depth: Int) {
        if isBehindComma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: depth * 2)
    }

    private static func name(_ key: String) -> [UInt8] {
        Array(JSONOutput.string(key).compact.utf8) + [UInt8(ascii: ":"), UInt8(ascii: " ")]
    }

    /// A value on one line; nil where it takes more room.
    private static func line(_ value: JSONValue, _ room: Int) -> [UInt8]? {
        var line = Line(room: room)
        return line.write(value) ? line.bytes : nil
    }

    /// A line as long as it has room: however large a value is, only so much of it is looked at.
    private struct Line {
        let room: Int
        private(set) var bytes: [UInt8] = []

        init(room: Int) { self.room = room }

        mutating func write(_ value: JSONValue) -> Bool {
            switch value.content {
            case .array(let elements):
                return list(elements, UInt8(ascii: "["), UInt8(ascii: "]")) { $0.write($1) }
            case .object(let members):
                return list(members, UInt8(ascii: "{"), UInt8(ascii: "}")) {
                    $0.add(JSONLayout.name($1.key)) && $0.write($1.value)
                }
            default: return add(Array(JSONOutput(value).compact.utf8))
            }
        }

        private mutating func list<Item>(
            _ items: [Item],
            _ open: UInt8,
            _ close: UInt8,
            _ write: (inout Line, Item) -> Bool
        ) -> Bool {
            guard items.count * 2 <= room, add([open]) else { return false }
            for (number, item) in items.enumerated() {
                if number > 0, !add([UInt8(ascii: ","), UInt8(ascii: " ")]) { return false }
                guard write(&self, item) else { return false }
            }
            return add([close])
        }

        private mutating func add(_ more: [UInt8]) -> Bool {
            bytes += more
            return bytes.count <= room
        }
    }
}
