/// Why a run ends before it has measured everything.
struct Failure: Error {
    let message: String
}
