import JSONSource
import PolicyLanguage

// Lists that are not as AWS prints them.
extension ExportReader {
    /// Why the list that a call answered is not known as a whole, as what stands for it; nil where
    /// it is.
    ///
    /// Besides what is wrong with any answer, a list may be none, and an entry that does not name
    /// what it is about may be about anything.
    mutating func gap(
        list path: String,
        _ member: String,
        at span: SourceSpan,
        _ consequence: String?,
        names: (JSONValue) -> Bool = \.isObject
    ) -> JSONValue? {
        let place = path.split(separator: "/").dropLast(2).joined(separator: "/")
        let isNothing = files.contains(path) ? isEmpty(path) : !refusals.covers(path)
        // AWS answers nothing at all where there are no queues, and of an answer without members
        // older exports keep no file (AWS CLI: an empty answer is not printed).
        if path.hasSuffix("/sqs/list-queues.json"), isNothing, !self.names(in: place).isEmpty {
            return nil
        }
        return gap(path, at: span, consequence) ?? oddity(list: path, member, names: names)
    }

    private mutating func oddity(
        list path: String,
        _ member: String,
        names: (JSONValue) -> Bool
    ) -> JSONValue? {
        guard let answer = answer(path), answer.members?.isEmpty != true else { return nil }
        let entries: [JSONValue]
        if let elements = answer.elements ?? answer[member]?.elements {
            entries = elements
        } else if let found = answer[member] {
            let what = "'\(member)' is \(found.kindName), not a list"
            noteShape(what, at: found.span)
            return MissingPolicy.value("\(path): \(what)", at: found.span)
        } else {
            entries = [answer]
        }
        guard let odd = entries.first(where: { !names($0) }) else { return nil }
        noteShape("this entry names nothing, so what it stands for is left out", at: odd.span)
        return MissingPolicy.value("\(path): an entry names nothing", at: odd.span)
    }

    /// What stands for a list of an entity of which something is not understood; nil where all of it
    /// is, or where there is none.
    mutating func gap(
        listOf entity: JSONValue,
        _ member: String,
        names: (JSONValue) -> Bool
    ) -> JSONValue? {
        guard let listed = entity[member] else { return nil }
        guard let elements = listed.elements else {
            let what = "'\(member)' is \(listed.kindName), not a list"
            noteShape("\(what), so verdicts may hang on it", at: listed.span)
            return MissingPolicy.value("\(place(of: listed)): \(what)", at: listed.span)
        }
        guard let odd = elements.first(where: { !names($0) }) else { return nil }
        noteShape(
            "this element of '\(member)' names nothing, so verdicts may hang on it",
            at: odd.span
        )
        let what = "an element of '\(member)' names nothing"
        return MissingPolicy.value("\(place(of: odd)): \(what)", at: odd.span)
    }

    /// Says once that something is not as AWS prints it.
    mutating func noteShape(_ message: String, at span: SourceSpan) {
        guard oddPlaces.insert(span).inserted else { return }
        warn("export.shape", message, at: span)
    }
}

// Tags as AWS lists them, in pairs; services spell the words of a pair differently.
extension ExportReader {
    /// The tags of a resource; where they are not understood as a whole, what stands for them.
    mutating func tags(_ listed: JSONValue?) -> JSONValue? {
        guard let listed, !listed.isNull else { return nil }
        let read = pairs(of: listed)
        guard let odd = read.odd else { return read.tags }
        noteShape("this is no tag, so verdicts may hang on the tags", at: odd.span)
        return MissingPolicy.value("\(place(of: odd)): this is no tag", at: odd.span)
    }

    /// The tags that are understood, of what has no place in the file for others.
    mutating func knownTags(_ listed: JSONValue?) -> JSONValue? {
        guard let listed, !listed.isNull else { return nil }
        let read = pairs(of: listed)
        if let odd = read.odd {
            noteShape(
                "this is no tag, and verdicts are given as if it were not there",
                at: odd.span
            )
        }
        return read.tags
    }

    /// The same of those that a call answered.
    mutating func knownTags(_ path: String) -> JSONValue? {
        answer(path).flatMap { knownTags($0["Tags"] ?? $0.asList) }
    }

    private func pairs(of listed: JSONValue) -> (tags: JSONValue?, odd: JSONValue?) {
        guard let pairs = listed.elements else { return (nil, listed) }
        guard let first = pairs.first, let last = pairs.last else { return (nil, nil) }
        let isOneFile = first.span.file == last.span.file
        let end = isOneFile ? Int(last.span.end) : Int(first.span.end)
        let span = SourceSpan(file: first.span.file, start: Int(first.span.start), end: end)
        var tags = ObjectDraft(at: span)
        var seen: Set<String> = []
        var odd: JSONValue?
        for pair in pairs {
            let keys = ["Key", "TagKey", "key"].lazy.compactMap { pair.name($0) }
            let values = ["Value", "TagValue", "value"].lazy.compactMap { pair.present($0) }
            guard let key = keys.first, let value = values.first else {
                odd = odd ?? pair
                continue
            }
            guard seen.insert(key.text).inserted else { continue }
            tags.add(key.text, value, namedAt: key.span)
        }
        return (tags.members.isEmpty ? nil : tags.value, odd)
    }
}
