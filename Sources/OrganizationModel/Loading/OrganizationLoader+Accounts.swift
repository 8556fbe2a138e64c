import JSONSource
import Parallelism
import PolicyLanguage

// Accounts are read on all cores, as long as there is nothing to say about them.
//
// Most of them are sound, and what one says then depends on none of the others but for what exists
// once. So each is read on trial first; what it claims to have is held against the others in order,
// and one that is not sound is read again in its turn, with all that was said before.
extension OrganizationLoader {
    /// How many accounts a thread reads before it takes the next ones.
    private static let accountsOfSlice = 16

    /// What came of the accounts of a slice: nil for one that is not sound.
    private struct TrialSlice: Sendable {
        let trials: [AccountReadings.Reading?]
        let managedPolicies: [String: Policy]
    }

    /// Fills in all accounts.
    mutating func readAccounts() {
        // After a change nearly all accounts are known, and the rest is not worth a second thread.
        guard workers.count > 1, drafts.count > Self.accountsOfSlice, known == nil else {
            for place in drafts.indices {
                if let reading = knownReading(of: drafts[place]) {
                    take(reading, at: place, isTakenOver: true)
                } else {
                    readAccount(at: place)
                }
            }
            return
        }
        let (reader, drafts, workers) = (onTrial, drafts, workers)
        var next = 0
        var place = 0
        // What was read is put together while other threads read on.
        workers.run(
            makeWorker: { reader.onAnotherThread },
            next: { () -> Range<Int>? in
                guard next < drafts.count else { return nil }
                let slice = next..<min(next + Self.accountsOfSlice, drafts.count)
                next = slice.upperBound
                return slice
            },
            work: { reader, slice in
                let trials = drafts[slice].map { reader.trial($0) }
                return TrialSlice(trials: trials, managedPolicies: reader.suppliedManagedPolicies)
            },
            deliver: { slice in
                suppliedManagedPolicies.merge(slice.managedPolicies) { first, _ in first }
                for trial in slice.trials {
                    if let trial {
                        take(trial, at: place, isTakenOver: false)
                    } else {
                        readAccount(at: place)
                    }
                    place += 1
                }
                return true
            }
        )
    }

    private mutating func take(
        _ reading: AccountReadings.Reading,
        at place: Int,
        isTakenOver: Bool
    ) {
        drafts[place].take(reading.draft)
        for claim in reading.claims {
            self.claim(claim.thing.kind, claim.thing.name, at: claim.span)
        }
        claims = []
        readings?.keep(reading, isTakenOver: isTakenOver)
    }

    private mutating func readAccount(at place: Int) {
        var draft = drafts[place]
        claims = []
        readAccount(&draft)
        drafts[place] = draft
        readings?.keep(.init(draft: draft, claims: claims), isTakenOver: false)
        claims = []
    }

    /// This loader for somebody who only wants to know whether there is something to say.
    var onTrial: OrganizationLoader {
        var reader = self
        reader.isTrial = true
        reader.diagnostics = []
        reader.drafts = []
        reader.readings = nil
        return reader
    }

    /// This loader with nothing that another thread would have to wait for.
    private var onAnotherThread: OrganizationLoader {
        var reader = self
        reader.shelf = shelf.forAnotherThread
        return reader
    }

    private mutating func trial(_ draft: AccountDraft) -> AccountReadings.Reading? {
        var draft = draft
        // Threads that count who holds the same thing get in each other's way.
        draft.value = draft.value.heldApart
        claims = []
        readAccount(&draft)
        defer {
            claims = []
            diagnostics = []
        }
        return diagnostics.isEmpty ? .init(draft: draft, claims: claims) : nil
    }
}
