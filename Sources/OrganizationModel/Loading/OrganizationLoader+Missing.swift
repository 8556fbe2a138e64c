import JSONSource
import PolicyLanguage

// What stands in a file for something that nobody could read (``MissingPolicy``).
extension OrganizationLoader {
    /// Why the value of a field could not be read; nil where one is there, or none.
    mutating func missing(_ field: String, of object: ObjectReader) -> String? {
        guard let value = object.present(field), let reason = MissingPolicy.reason(value) else {
            return nil
        }
        shelf.noteMissing(value, reason, &diagnostics)
        return reason
    }

    /// Makes one warning of all about what is not known: of an export something of each account may
    /// be missing, and the file lists it.
    mutating func gatherMissing() {
        let code = "organization.missing-policy"
        let others = diagnostics.count { $0.code == code } - 1
        guard others > 0, let place = diagnostics.firstIndex(where: { $0.code == code }) else {
            return
        }
        let first = diagnostics[place]
        let places = others == 1 ? "1 other place" : "\(others) other places"
        let gathered = Diagnostic.warning(
            code,
            "\(first.message) (the same at \(places))",
            at: first.span
        )
        diagnostics =
            diagnostics[..<place] + [gathered]
            + diagnostics[place...].filter { $0.code != code }
    }

    /// The policy of a KMS key of which nobody knows the grants: they may allow anything.
    mutating func policy(
        _ policy: Policy?,
        orGranting reason: String,
        of key: ARN
    ) -> Policy? {
        // Without a policy it has the default one of its account, which is not written down.
        guard let policy else {
            return missingPolicy("the grants of \(key): \(reason)", as: .resource)
        }
        let document = MissingPolicy.document(
            policy.document,
            orAllowing: "the grants of \(key): \(reason)",
            as: .resource,
            at: policy.document.span
        )
        return Policy(name: nil, document: document, writtenAt: policy.writtenAt)
    }

    private func missingPolicy(_ reason: String, as grammar: PolicyGrammar) -> Policy {
        Policy(name: nil, document: MissingPolicy.document(reason, as: grammar, at: .nowhere))
    }

    /// Resources that may be there beside those that are listed.
    mutating func unlistedResources(_ object: ObjectReader) -> UnlistedResources {
        var unlisted = UnlistedResources()
        var known: [String: UnlistedResources.UnknownPolicy] = [:]
        for member in object.entries("unlistedResources", &diagnostics) {
            guard
                let entry = ObjectReader(
                    member.value,
                    "the unlisted resources",
                    member.key,
                    &diagnostics
                )
            else { continue }
            entry.allow(.unlistedResources, &diagnostics)
            let services = entry.strings("listedServices", &diagnostics) ?? []
            let regions = entry.strings("listedRegions", &diagnostics) ?? []
            let listed = UnlistedResources.Listed(
                services: Set(services.map(\.text)),
                regions: Set(regions.map(\.text))
            )
            guard let value = entry.required("policy", &diagnostics) else { continue }
            guard let reason = MissingPolicy.reason(value) else {
                let message =
                    "what policy unlisted resources have is not known: "
                    + "expected {\"\(MissingPolicy.member)\": \"why\"}"
                refuse("organization.unlisted-resources", message, at: value.span)
                continue
            }
            if ARN(member.key) == nil {
                let message =
                    "'\(member.key)' is not an ARN with wildcards: "
                    + "expected arn:aws:SERVICE:REGION:ACCOUNT:*"
                refuse("organization.resource-arn", message, at: member.keySpan)
                continue
            }
            // It says itself that nothing is known, for each of hundreds of accounts.
            shelf.noteMissing()
            let account = "\(object.owner): \(reason)"
            let unknown =
                known[reason]
                ?? UnlistedResources.UnknownPolicy(
                    reason,
                    resourcePolicy: missingPolicy("resources of \(account)", as: .resource),
                    trustPolicy: missingPolicy("roles of \(account)", as: .trust)
                )
            known[reason] = unknown
            unlisted.add(member.key, but: listed, unknown)
        }
        return unlisted
    }
}
