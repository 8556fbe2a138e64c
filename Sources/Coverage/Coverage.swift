package import JSONSource

/// What the scenarios of a run could decide, and what of it they decided.
///
/// The files of a run are added scenario by scenario, in whatever order: the sum is the same.
package struct Coverage {
    private let sources: SourceMap
    private var statements: [SourceSpan: CountedStatement] = [:]
    private var conditions: [SourceSpan: CountedCondition] = [:]
    private var places: [SourceSpan: CountedPlace] = [:]
    private var decided = DecidedParts()
    /// The organizations added last, which need not be added again.
    private var known: [Inventory] = []
    private var homes = SourceHomes()

    package init(sources: SourceMap) {
        self.sources = sources
    }
}

extension Coverage {
    package mutating func add(_ inventory: Inventory, _ parts: DecidedParts) {
        add(inventory)
        var homes = homes
        decided.add(parts) { homes.home(of: $0, in: sources) }
        self.homes = homes
    }

    private mutating func add(_ inventory: Inventory) {
        guard !known.contains(where: { $0 === inventory }) else { return }
        known = known.suffix(InventoryShelf.limit - 1) + [inventory]
        // What several organizations refer to is called as the first of them calls it.
        for statement in inventory.statements {
            let span = homes.home(of: statement.span, in: sources)
            if statements[span] == nil { statements[span] = statement }
        }
        for condition in inventory.conditions {
            let span = homes.home(of: condition.span, in: sources)
            if conditions[span] == nil { conditions[span] = condition }
        }
        for place in inventory.places {
            let span = homes.home(of: place.span, in: sources)
            if places[span] == nil { places[span] = place }
        }
    }

    /// Everything that could be decided, file by file.
    package var report: CoverageReport {
        var parts: [Int32: CoverageReport.File] = [:]
        func empty(_ span: SourceSpan) -> CoverageReport.File {
            CoverageReport.File(path: sources.text(span.file)?.path ?? "")
        }
        func lines(_ span: SourceSpan) -> ClosedRange<Int> {
            guard let text = sources.text(span.file) else { return 1...1 }
            let first = text.position(at: Int(span.start)).line
            // The last byte, not the one behind it.
            let last = text.position(at: max(Int(span.start), Int(span.end) - 1)).line
            return first...last
        }
        for (span, statement) in statements {
            // In place: a file may hold a million of them.
            parts[span.file, default: empty(span)].statements.append(
                .init(
                    policy: statement.policy,
                    label: statement.label,
                    effect: statement.effect,
                    lines: lines(span),
                    span: span,
                    hits: decided.statements[span] ?? 0
                )
            )
        }
        for (span, condition) in conditions {
            parts[span.file, default: empty(span)].conditions.append(
                .init(
                    policy: condition.policy,
                    statement: condition.statement,
                    text: condition.text,
                    line: lines(span).lowerBound,
                    span: span,
                    held: decided.held[span] ?? 0,
                    failed: decided.failed[span] ?? 0
                )
            )
        }
        for (span, place) in places {
            parts[span.file, default: empty(span)].places.append(
                .init(
                    kind: place.kind,
                    text: place.text,
                    line: lines(span).lowerBound,
                    span: span,
                    hits: decided.places[span] ?? 0
                )
            )
        }
        return CoverageReport(
            files: parts.values.map(\.sorted).sorted { $0.path < $1.path },
            cutSurveys: decided.cutSurveys
        )
    }
}

/// One number for each file, however often it was read.
private struct SourceHomes {
    private var numbers: [Int32: Int32] = [:]
    private var first: [String: Int32] = [:]

    mutating func home(of span: SourceSpan, in sources: SourceMap) -> SourceSpan {
        guard span.file >= 0 else { return span }
        let number = numbers[span.file] ?? number(of: span.file, in: sources)
        return SourceSpan(file: number, start: Int(span.start), end: Int(span.end))
    }

    private mutating func number(of file: Int32, in sources: SourceMap) -> Int32 {
        guard let text = sources.text(file) else { return file }
        var number = file
        if let other = first[text.path], sources.text(other)?.bytes == text.bytes {
            number = other
        } else {
            first[text.path] = file
        }
        numbers[file] = number
        return number
    }
}
