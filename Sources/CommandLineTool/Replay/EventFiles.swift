import History

/// The files of records, cut into blocks one after the other.
///
/// A file that cannot be read, or not to its end, is noted, and the rest goes on.
struct EventFiles {
    /// Some records of a file, or what is to be said of one that has ended.
    enum Piece: Sendable {
        case records(RecordBlock, file: String)
        /// `problem` says why it was not read to its end; `records` came before.
        case end(file: String, problem: String?, records: Int)
        /// What could not be read, and is perhaps no file.
        case problem(of: String, String)
        /// A file of another name than those of records, which does not begin as they do.
        case passedOver
    }

    private let system: SystemInterface
    private var paths: EventPaths
    private var file = ""
    private var stream: (any ByteStream)?
    private var cutter = RecordCutter()
    private var count = 0
    /// What was read to see what kind of file it is.
    private var ahead: [UInt8]?
    private var waiting: [Piece] = []

    init(_ paths: EventPaths, on system: SystemInterface) {
        self.system = system
        self.paths = paths
    }

    /// The next piece; nil at the end of the last file.
    mutating func next() -> Piece? {
        while true {
            if !waiting.isEmpty { return waiting.removeFirst() }
            guard stream != nil else {
                switch paths.next() {
                case .file(let name)?: open(name)
                case .candidate(let name)?:
                    open(name)
                    if !beginsAsRecords() { return passOver() }
                case .problem(let name, let why)?: return .problem(of: name, why)
                case nil: return nil
                }
                continue
            }
            do throws(SystemProblem) {
                let bytes = try read()
                guard !bytes.isEmpty else {
                    close(nil)
                    continue
                }
                let block = cutter.cut(bytes)
                for frame in cutter.takeFrames() {
                    guard let problem = RecordFrame.problem(frame) else { continue }
                    waiting.append(.problem(of: file, problem))
                }
                if let block { return records(block) }
            } catch {
                close(error.reason)
            }
        }
    }

    private mutating func open(_ name: String) {
        file = name
        count = 0
        cutter = RecordCutter()
        do throws(SystemProblem) {
            stream = name == "-" ? StandardInput(system) : try system.openFile(name)
            let first = try read()
            if Self.utf16.contains(where: { first.starts(with: $0) }) {
                return close("it is UTF-16, write it as UTF-8")
            }
            guard first.starts(with: [0x1F, 0x8B]) else {
                ahead = first
                return
            }
            // What a pipe gave is gone.
            guard name != "-", RootFolder.kind(of: name) == .file else {
                return close("it is compressed: pipe it through gzip -dc")
            }
            stream = try system.unpackFile(name)
        } catch {
            // What a system calls a file by other bytes has this letter in their place.
            close(name.contains("\u{FFFD}") ? "its name is not UTF-8" : error.reason)
        }
    }

    /// Whether what was opened begins as JSON does; also where it could not be opened, which is told.
    private mutating func beginsAsRecords() -> Bool {
        guard stream != nil else { return true }
        do throws(SystemProblem) {
            let first = try read()
            ahead = first
            let blanks: [UInt8] = [0x20, 0x0A, 0x0D, 0x09, 0xEF, 0xBB, 0xBF]
            let mark = first.first { !blanks.contains($0) }
            return mark == UInt8(ascii: "{") || mark == UInt8(ascii: "[")
        } catch {
            close(error.reason)
            return true
        }
    }

    private mutating func passOver() -> Piece {
        stream = nil
        ahead = nil
        return .passedOver
    }

    /// How files of some programs begin that write no UTF-8.
    private static let utf16: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]

    private mutating func read() throws(SystemProblem) -> [UInt8] {
        if let bytes = ahead {
            ahead = nil
            return bytes
        }
        return try stream?.next() ?? []
    }

    private mutating func records(_ block: RecordBlock) -> Piece {
        count += block.cuts.count
        return .records(block, file: file)
    }

    private mutating func close(_ problem: String?) {
        let rest = cutter.end()
        // What a broken stream leaves is no record.
        if problem == nil, let block = rest.block { waiting.append(records(block)) }
        let cutShort = rest.isCutShort ? "it ends before the list or record it holds does" : nil
        waiting.append(.end(file: file, problem: problem ?? cutShort, records: count))
        stream = nil
        ahead = nil
    }
}

/// Standard input as a stream.
final class StandardInput: ByteStream {
    private let system: SystemInterface

    init(_ system: SystemInterface) { self.system = system }

    func next() throws(SystemProblem) -> [UInt8] { try system.readInput() }
}
