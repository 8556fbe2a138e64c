/// Every statement of every policy asked about one request, in numbers.
struct TraceRecord: ~Copyable {
    /// One statement with the elements that do not fit.
    struct Examined: BitwiseCopyable {
        var statement: UInt32
        /// 0 for none.
        var grade: UInt8
        var failsPrincipal = false
        var failsAction = false
        var failsResource = false
        var hasOpenResource = false
        /// In ``conditions``.
        var failed = Run()
        var open = Run()

        /// Whether it would apply but for one condition.
        var failsOneConditionAlone: Bool {
            !failsPrincipal && !failsAction && !failsResource && !hasOpenResource
                && failed.count == 1 && open.count == 0
        }
    }

    /// A level of a layer with its statements.
    struct Level: BitwiseCopyable {
        var kind: LayerKind
        var level: UInt32
        var policy: UInt32
        var statements: Run
    }

    var levels = Arena<Level>()
    var statements = Arena<Examined>(capacity: 256)
    /// Places of conditions in their statements.
    var conditions = Arena<UInt32>()

    mutating func begin() {
        levels.removeAll()
        statements.removeAll()
        conditions.removeAll()
    }
}
