import Foundation
import JSONSource
import Parallelism
import Testing

// Only the tool itself reads files.
@testable import CommandLineTool

/// A large file is the same bytes, however many threads read it.
@Suite struct LargeFileTests {
    /// Bytes of which no two stretches as long as a slice are alike.
    private static func bytes(_ count: Int) -> [UInt8] {
        let piece = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count { bytes += piece.prefix(count - bytes.count) }
        return bytes
    }

    @Test(arguments: [0, 1, (32 << 20) + 1, 48 << 20, (48 << 20) - 1])
    func isTheSameBytes(count: Int) throws {
        let folder = try TemporaryFolder([:])
        let bytes = Self.bytes(count)
        try Data(bytes).write(to: URL(filePath: folder["in"]))
        for threads in [1, 2, 5] {
            var begun = 0
            let read = RootFolder.contents(of: folder["in"], by: Workers(threads)) { begun += 1 }
            #expect(try read.get() == bytes)
            #expect(begun == (count == 0 ? 0 : 1))
        }
    }
}
