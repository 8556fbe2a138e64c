/// A line on a terminal's standard error that says how far long work has come.
struct Progress {
    private let system: SystemInterface
    private let start: Double
    private var last: Double
    private var isShown = false

    init(_ system: SystemInterface) {
        self.system = system
        start = system.seconds()
        last = start
    }

    /// Shows a state, at most ten times a second and not before the work takes a second.
    mutating func show(_ text: @autoclosure () -> String) {
        guard system.isErrorTerminal else { return }
        let now = system.seconds()
        guard now - start > 1, now - last > 0.1 else { return }
        last = now
        isShown = true
        system.writeError("\r\u{1B}[K\(text())")
    }

    mutating func clear() {
        if isShown { system.writeError("\r\u{1B}[K") }
        isShown = false
    }
}
