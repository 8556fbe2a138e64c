#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What a command prints, written as it comes.
enum StandardOutput {
    /// Writes all bytes; a reader that went away ends the process.
    static func write(_ bytes: [UInt8]) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes[offset...].withUnsafeBytes { systemWrite($0) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { exit(1) }
            offset += written
        }
    }

    static func write(_ text: String) { write(Array(text.utf8)) }

    static func writeError(_ text: String) {
        var text = text
        text.withUTF8 { _ = Self.systemWrite(UnsafeRawBufferPointer($0), to: 2) }
    }

    private static func systemWrite(_ bytes: UnsafeRawBufferPointer, to file: Int32 = 1) -> Int {
        #if canImport(Darwin)
        Darwin.write(file, bytes.baseAddress, bytes.count)
        #else
        Glibc.write(file, bytes.baseAddress, bytes.count)
        #endif
    }
}
