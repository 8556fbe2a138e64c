/// How a run of the tool ends (formats, section 4).
public enum ExitCode: Int32, Sendable {
    /// All came out as expected.
    case success = 0
    /// An expectation failed, or a request line could not be decided.
    case expectationFailed = 1
    /// The input or the usage is wrong.
    case invalidInput = 2
}
