import JSONSource

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What a run says of the machine and the build, without which its figures mean nothing.
struct Machine {
    let processor: String
    let cores: Int
    let configuration: String

    init() {
        let model = Self.lines("/proc/cpuinfo").first { $0.hasPrefix("model name") }
        processor = model.map { $0.drop { $0 != ":" }.dropFirst(2).description } ?? "unknown"
        cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        #if DEBUG
        configuration = "debug"
        #else
        configuration = "release"
        #endif
    }

    var text: String { "\(processor), \(cores) cores, \(configuration) build" }

    var json: JSONOutput {
        .fields([
            "processor": .string(processor),
            "cores": .integer(cores),
            "configuration": .string(configuration),
        ])
    }

    /// The most memory this process ever held, in bytes; nil where the system does not say.
    static var peakMemory: Int? {
        let line = lines("/proc/self/status").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split { $0 == " " || $0 == "\t" }.dropFirst().first
        return kilobytes.flatMap { Int($0) }.map { $0 << 10 }
    }

    private static func lines(_ path: String) -> [Substring] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 {
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }
}
