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

    /// An account that was read on trial.
    private struct Trial: Sendable {
        let draft: AccountDraft
        let claims: [Claim]
    }

    /// What came of the accounts of a slice: nil for one that is not sound.
    private struct TrialSlice: Sendable {
        let trials: [Trial?]
        let managedPolicies: [String: Policy]
    }

    /// Fills in all accounts.
    mutating func readAccounts() {
        guard workers.count > 1, drafts.count > Self.accountsOfSlice else {
            for place in drafts.indices { readAccount(at: place) }
            return
        }
        let reader = onTrial
        let drafts = drafts
        let slices = workers.map(
            drafts.indices,
            slicesOf: Self.accountsOfSlice,
            makeWorker: { reader },
            work: { reader, slice in
                let trials = drafts[slice].map { reader.trial($0) }
                return TrialSlice(
                    trials: trials,
                    managedPolicies: reader.suppliedManagedPolicies
                )
            }
        )
        var place = 0
        for slice in slices {
            suppliedManagedPolicies.merge(slice.managedPolicies) { first, _ in first }
            for trial in slice.trials {
                if let trial {
                    self.drafts[place] = trial.draft
                    for claim in trial.claims {
                        self.claim(claim.thing.kind, claim.thing.name, at: claim.span)
                    }
                } else {
                    readAccount(at: place)
                }
                place += 1
            }
        }
    }

    private mutating func readAccount(at place: Int) {
        var draft = drafts[place]
        readAccount(&draft)
        drafts[place] = draft
    }

    /// This loader for somebody who only wants to know whether there is something to say.
    var onTrial: OrganizationLoader {
        var reader = self
        reader.isTrial = true
        reader.diagnostics = []
        reader.drafts = []
        return reader
    }

    private mutating func trial(_ draft: AccountDraft) -> Trial? {
        var draft = draft
        readAccount(&draft)
        defer {
            claims = []
            diagnostics = []
        }
        return diagnostics.isEmpty ? Trial(draft: draft, claims: claims) : nil
    }
}
