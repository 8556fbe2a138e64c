/// Bytes that come one piece after the other.
public protocol ByteStream: AnyObject {
    /// The next bytes, empty at the end; fails where what has come is not all there should be.
    func next() throws(SystemProblem) -> [UInt8]
}

/// A stream of pieces that are there already.
public final class ReadyBytes: ByteStream {
    private var pieces: [[UInt8]]

    /// A stream of the pieces, which are not empty.
    public init(_ pieces: [[UInt8]]) {
        self.pieces = pieces.reversed()
    }

    /// The next piece.
    public func next() throws(SystemProblem) -> [UInt8] { pieces.popLast() ?? [] }
}
