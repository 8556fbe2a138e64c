/// How much a decision tells of the way it came about; the same engine decides in every case.
package enum Detail: Sendable {
    /// The verdict alone.
    case verdict
    /// Every reason, absent keys and notes.
    case reasons
}
