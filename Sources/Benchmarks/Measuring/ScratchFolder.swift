#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A folder for files too large to be committed, gone with the run.
final class ScratchFolder {
    let path: String
    private var files: [String] = []

    init() throws(Failure) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/orgsim-benchmarks-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure(message: "no folder can be made in \(parent)")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for file in files { unlink(file) }
        rmdir(path)
    }

    /// The path of a file of the folder, which goes away with it.
    func file(_ name: String) -> String {
        let file = path + "/" + name
        files.append(file)
        return file
    }

    /// Writes a file piece by piece.
    func write(
        _ name: String,
        _ content: ((@escaping ([UInt8]) -> Void)) -> Void
    ) throws(Failure)
        -> String
    {
        let file = file(name)
        guard let stream = fopen(file, "w") else {
            throw Failure(message: "\(file) cannot be written")
        }
        var isWhole = true
        content { bytes in
            if fwrite(bytes, 1, bytes.count, stream) != bytes.count { isWhole = false }
        }
        if fclose(stream) != 0 || !isWhole { throw Failure(message: "\(file) cannot be written") }
        return file
    }
}
