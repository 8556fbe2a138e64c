package import JSONSource
import PolicyLanguage

extension OrganizationChange {
    /// The change as a scenario's `change` step holds it (formats, section 5).
    package var json: JSONOutput {
        switch self {
        case .attachPolicy(let name, let target):
            return .fields(["attachPolicy": .string(name), "target": .string(target)])
        case .detachPolicy(let name, let target):
            return .fields(["detachPolicy": .string(name), "target": .string(target)])
        case .putPolicy(let type, let name, let document):
            return .fields([
                "putPolicy": .string(type.word), "name": .string(name),
                "document": JSONOutput(document),
            ])
        case .deletePolicy(let type, let name):
            return .fields(["deletePolicy": .string(type.word), "name": .string(name)])
        case .moveAccount(let account, let unit):
            return .fields(["moveAccount": .string(account), "to": .string(unit)])
        case .createAccount(let name, let id, let unit, let value):
            let own: [JSONOutput.Member] = [
                .init("createAccount", .string(name)), .init("to", .string(unit)),
            ]
            let number = id.map { [JSONOutput.Member("id", .string($0))] } ?? []
            let content = (value.members ?? []).filter { $0.key != "id" }
            return .object(
                own + number + content.map { .init($0.key, JSONOutput($0.value)) }
            )
        case .closeAccount(let account): return .fields(["closeAccount": .string(account)])
        case .removeAccount(let account): return .fields(["removeAccount": .string(account)])
        case .createOrganizationalUnit(let path):
            return .fields(["createOrganizationalUnit": .string(path)])
        case .put(let path, let account, let value):
            return .fields([
                "put": .string(JSONPointer(parts: path).description),
                "account": account.map { .string($0) }, "value": JSONOutput(value),
            ])
        case .delete(let path, let account):
            return .fields([
                "delete": .string(JSONPointer(parts: path).description),
                "account": account.map { .string($0) },
            ])
        case .tag(let target, let tags):
            return .fields(["tag": .string(target), "tags": JSONOutput(tags)])
        case .untag(let target, let keys):
            return .fields(["untag": .string(target), "keys": .strings(keys)])
        case .assign(let assignment): return .fields(["assign": JSONOutput(assignment)])
        case .unassign(let assignment): return .fields(["unassign": JSONOutput(assignment)])
        }
    }
}

extension ControlPolicyType {
    /// As `putPolicy` and `deletePolicy` name the type.
    fileprivate var word: String {
        switch self {
        case .serviceControlPolicy: "serviceControlPolicy"
        case .resourceControlPolicy: "resourceControlPolicy"
        }
    }
}
