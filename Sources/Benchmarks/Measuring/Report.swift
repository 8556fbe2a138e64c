import JSONSource

/// Collects the figures of a run, and tells them as they come.
final class Report {
    let repetitions: Int
    private let only: String?
    private(set) var figures: [Figure] = []
    /// What was left out, and why.
    private(set) var notes: [String] = []
    private let isQuiet: Bool

    init(repetitions: Int, only: String?, isQuiet: Bool) {
        self.repetitions = repetitions
        self.only = only
        self.isQuiet = isQuiet
    }

    /// Whether any row of this input and these works is asked for.
    func wants(_ input: String, _ works: [String] = []) -> Bool {
        guard let only else { return true }
        return input.contains(only) || works.contains { "\(input) \($0)".contains(only) }
    }

    func add(_ figure: Figure) {
        figures.append(figure)
        if !isQuiet { StandardOutput.write(Self.line(figure)) }
    }

    /// Repeats a measurement and adds its figure.
    @discardableResult
    func measure<E: Error>(
        _ input: String,
        _ work: String,
        _ unit: Figure.Unit,
        _ stopwatch: Stopwatch?,
        repetitions: Int? = nil,
        _ measurement: () throws(E) -> Double
    ) throws(E) -> Figure? {
        guard wants(input, [work]) else { return nil }
        var values: [Double] = []
        for _ in 0..<(repetitions ?? self.repetitions) { values.append(try measurement()) }
        let figure = Figure(input, work, unit, stopwatch, values)
        add(figure)
        return figure
    }

    func note(_ text: String) {
        notes.append(text)
        if !isQuiet { StandardOutput.write("  \(text)\n") }
    }

    private static func line(_ figure: Figure) -> String {
        figure.input.padding(to: 26) + figure.work.padding(to: 40)
            + figure.text.paddingBefore(to: 16) + figure.spread.paddingBefore(to: 9)
            + "  \(figure.stopwatch?.rawValue ?? "")\n"
    }

    static let heading =
        "input".padding(to: 26) + "work".padding(to: 40) + "best".paddingBefore(to: 16)
        + "spread".paddingBefore(to: 9) + "  clock\n"

    func json(_ machine: Machine) -> JSONOutput {
        .fields([
            "format": .string("benchmarks/1"),
            "machine": machine.json,
            "figures": .array(figures.map(\.json)),
            "notes": .strings(notes),
        ])
    }
}

extension String {
    func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }

    func paddingBefore(to width: Int) -> String {
        String(repeating: " ", count: max(1, width - count)) + self
    }
}
