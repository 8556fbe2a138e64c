import Authorization
import JSONSource
import PolicyLanguage

// Names that are looked up once.
extension RequestLineReader {
    mutating func caller(_ node: JSONNode, _ line: UnsafeRawBufferPointer) -> Caller? {
        guard let text = Self.name(node, line) else { return nil }
        if let known = callers.value(of: text) { return known }
        var problems: [Diagnostic] = []
        let reference = PrincipalReference(
            form: .named(String(decoding: text, as: UTF8.self)),
            span: .nowhere
        )
        guard let caller = resolver.caller(reference, &problems), problems.isEmpty else {
            return nil
        }
        callers.note(caller, for: text)
        return caller
    }

    mutating func action(_ node: JSONNode, _ line: UnsafeRawBufferPointer) -> ActionName? {
        guard let text = Self.name(node, line) else { return nil }
        if let known = actions.value(of: text) { return known }
        guard let action = ActionName(String(decoding: text, as: UTF8.self)) else { return nil }
        actions.note(action, for: text)
        return action
    }

    mutating func resource(_ node: JSONNode?, _ line: UnsafeRawBufferPointer) -> String? {
        guard let node else { return "*" }
        guard case .string = node.kind, node.isPlainText,
            node.textRange.count <= RequestResolver.resourceLimit
        else { return nil }
        let text = UnsafeRawBufferPointer(rebasing: line[node.textRange])
        // An ARN is taken as it is; there are more of them than are worth keeping.
        if Self.isARN(text) { return String(decoding: text, as: UTF8.self) }
        if let known = resources.value(of: text) { return known }
        var problems: [Diagnostic] = []
        let written = SourceString(String(decoding: text, as: UTF8.self), at: .nowhere)
        guard let resource = resolver.resource(written, &problems), problems.isEmpty else {
            return nil
        }
        resources.note(resource, for: text)
        return resource
    }

    mutating func account(_ node: JSONNode, _ line: UnsafeRawBufferPointer) -> AccountID? {
        guard let text = Self.name(node, line) else { return nil }
        if let known = accounts.value(of: text) { return known }
        var problems: [Diagnostic] = []
        let written = SourceString(String(decoding: text, as: UTF8.self), at: .nowhere)
        guard let account = resolver.accountID(written, &problems), problems.isEmpty else {
            return nil
        }
        accounts.note(account, for: text)
        return account
    }

    static func isARN(_ text: UnsafeRawBufferPointer) -> Bool {
        text.count >= 4
            && text.loadUnaligned(as: UInt32.self) == UInt32(littleEndian: 0x3A6E_7261)
    }

    /// A string of ordinary length without escapes.
    static func name(
        _ node: JSONNode,
        _ line: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer? {
        guard case .string = node.kind, node.isPlainText,
            node.textRange.count <= TextTable<Caller>.lengthLimit
        else { return nil }
        return UnsafeRawBufferPointer(rebasing: line[node.textRange])
    }
}
