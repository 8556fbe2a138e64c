#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Reads a file into one array, as the tool does: what is measured beside it holds no second copy.
enum WholeFile {
    static func bytes(of path: String) throws(Failure) -> [UInt8] {
        guard let file = fopen(path, "r") else {
            throw Failure(message: "\(path) cannot be read")
        }
        defer { fclose(file) }
        var status = stat()
        guard fstat(fileno(file), &status) == 0 else {
            throw Failure(message: "\(path) cannot be read")
        }
        let size = Int(status.st_size)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
            while count < size, let base = bytes.baseAddress {
                let taken = fread(base + count, 1, size - count, file)
                guard taken > 0 else { break }
                count += taken
            }
        }
        guard bytes.count == size else {
            throw Failure(message: "\(path) cannot be read to its end")
        }
        return bytes
    }
}
