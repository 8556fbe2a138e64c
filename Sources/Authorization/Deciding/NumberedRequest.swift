/// An ordinary request in the numbers of a ``Decider``, for whoever asks many of them.
///
/// Its condition keys are given once it is prepared.
package struct NumberedRequest: BitwiseCopyable, Sendable {
    let caller: UInt32
    let action: UInt32
    let resource: Symbol
    /// The owner of a resource whose ARN names no account; 0 for nobody.
    let account: Symbol

    package init(caller: UInt32, action: UInt32, resource: UInt32, account: UInt32 = 0) {
        self.caller = caller
        self.action = action
        self.resource = resource
        self.account = account
    }
}

/// The decision on a ``NumberedRequest``, in numbers of the decider's ``Decider/era``.
package struct NumberedDecision: BitwiseCopyable, Sendable {
    package let outcome: Decision.Outcome
    /// What ``Decider/absentKeys(_:)`` calls by name; 0 for none.
    package let absentKeys: UInt32
    /// What ``Decider/notes(_:)`` puts in words; 0 for nothing.
    package let notes: UInt32
}

/// As long as it is the same one, the numbers of a decider stand for the same.
package final class Era: Sendable {}
