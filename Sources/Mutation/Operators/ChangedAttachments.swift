import Authorization
import JSONSource

extension Attachment {
    /// The policy is attached there no more, or one unit lower and not everywhere.
    func mutants(of type: PolicyType, in file: String) -> [Mutant] {
        if type == .permissionsBoundary {
            let sentence = "takes the permissions boundary from '\(target)'"
            let edits = places.map { edit($0.world, $0.path, .takeBoundary) }
            return [mutant(.detachPolicy, "", file, sentence, edits)]
        }
        let sentence = "detaches '\(policy)' from '\(target)'"
        let detached = mutant(.detachPolicy, "", file, sentence, detaching)
        var names: [String] = []
        for child in places.flatMap(\.children) where !names.contains(child.name) {
            names.append(child.name)
        }
        // Where there is one child, all but one is nothing.
        return [detached] + (names.count < 2 ? [] : names.map { movedDown(sparing: $0, file) })
    }

    private var detaching: [Mutant.Edit] { places.map { edit($0.world, $0.path, .detach) } }

    private func movedDown(sparing spared: String, _ file: String) -> Mutant {
        let attaching = places.flatMap { place in
            place.children.filter { $0.name != spared }.map { edit(place.world, $0.path, .attach) }
        }
        return mutant(
            .moveDown,
            spared,
            file,
            "attaches '\(policy)' to all that is right below '\(target)' but '\(spared)'",
            detaching + attaching
        )
    }

    private func edit(_ world: Int, _ path: [String], _ verb: Mutant.Edit.Verb) -> Mutant.Edit {
        Mutant.Edit(world: world, path: path, verb: verb)
    }

    private func mutant(
        _ kind: MutationOperator,
        _ detail: String,
        _ file: String,
        _ sentence: String,
        _ edits: [Mutant.Edit]
    ) -> Mutant {
        Mutant(
            id: stableID([file, kind.rawValue, policy, target, detail].joined(separator: "\u{0}")),
            kind: kind,
            guardrail: guardrail,
            span: span,
            sentence: sentence,
            statement: nil,
            change: .attachment(policy, edits)
        )
    }
}

extension Mutant.Edit {
    /// The file with the edit made.
    func applied(to file: JSONValue, _ policy: String) -> JSONValue {
        switch verb {
        case .takeBoundary: return file.setting(path, to: nil) ?? file
        case .detach:
            let left = attached(in: file).filter { $0.string != policy }
            return setting(left, in: file)
        case .attach:
            let list = attached(in: file)
            if list.contains(where: { $0.string == policy }) { return file }
            return setting(list + [.edited(policy, at: file.span)], in: file)
        }
    }

    private func setting(_ list: [JSONValue], in file: JSONValue) -> JSONValue {
        let value = JSONValue(.array(list), at: file.span, origin: .edited)
        return file.setting(path, to: value) ?? file
    }

    /// Left out, a list of service control policies is what AWS attaches to what is new.
    private func attached(in file: JSONValue) -> [JSONValue] {
        if let list = file.value(at: path)?.elements { return list }
        let isService = path.last == "serviceControlPolicies"
        return isService ? [.edited("FullAWSAccess", at: file.span)] : []
    }
}
