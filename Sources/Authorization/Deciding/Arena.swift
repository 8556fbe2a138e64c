/// A growing table of plain values in memory of its own.
///
/// The tables of a ``Decider`` are read a hundred times for one decision; a plain array would cost
/// a retain, a release and a check of uniqueness each time.
// INVARIANT: elements are trivial and lie below `count`; only the table frees its memory.
struct Arena<Element: BitwiseCopyable>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 64) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    // PERF: decisions; indices come from the tables themselves, so only debug builds check them.
    subscript(index: Int) -> Element {
        @inline(__always) get {
            assert(index >= 0 && index < count)
            return base[index]
        }
        @inline(__always) set {
            assert(index >= 0 && index < count)
            base[index] = newValue
        }
    }

    subscript(index: UInt32) -> Element {
        @inline(__always) get { self[Int(truncatingIfNeeded: index)] }
        @inline(__always) set { self[Int(truncatingIfNeeded: index)] = newValue }
    }

    /// The elements from a place on, for as long as nothing is added.
    @inline(__always)
    func pointer(at index: UInt32) -> UnsafePointer<Element> {
        UnsafePointer(base + Int(truncatingIfNeeded: index))
    }

    mutating func append(_ element: Element) {
        if count == capacity { grow(to: count + 1) }
        base[count] = element
        count &+= 1
    }

    mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
        guard let source = elements.baseAddress else { return }
        assert(source < UnsafePointer(base) || source >= UnsafePointer(base + capacity))
        if count + elements.count > capacity { grow(to: count + elements.count) }
        (base + count).update(from: source, count: elements.count)
        count += elements.count
    }

    mutating func append(repeating element: Element, count added: Int) {
        if count + added > capacity { grow(to: count + added) }
        (base + count).update(repeating: element, count: added)
        count += added
    }

    /// Puts elements in the place of others.
    mutating func replace(from place: UInt32, with elements: UnsafeBufferPointer<Element>) {
        guard let source = elements.baseAddress else { return }
        assert(Int(place) + elements.count <= count)
        (base + Int(place)).update(from: source, count: elements.count)
    }

    mutating func removeAll(from place: Int = 0) { count = place }

    private mutating func grow(to needed: Int) {
        let larger = max(needed, capacity * 2)
        let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        moved.update(from: base, count: count)
        base.deallocate()
        base = moved
        capacity = larger
    }
}

/// A run of elements in an ``Arena``.
struct Run: BitwiseCopyable {
    var start: UInt32 = 0
    var count: UInt32 = 0

    @inline(__always) var end: UInt32 { start &+ count }
    @inline(__always) var isEmpty: Bool { count == 0 }
}
