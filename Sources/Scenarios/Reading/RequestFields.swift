import JSONSource

/// Where the fields of a line stand that have nothing rare.
struct RequestFields {
    var id: Int?
    var principal = 0
    var action = 0
    var resource: Int?
    var context: Int?
    var overridesAWS = false
    var resourceAccount: Int?

    /// Nil where a field is missing, is one of the rare ones, or unknown.
    init?(_ nodes: UnsafeBufferPointer<JSONNode>, _ line: UnsafeRawBufferPointer) {
        var index = 1
        while index < nodes.count {
            let node = nodes[index]
            guard node.isPlainKey else { return nil }
            let key = UnsafeRawBufferPointer(rebasing: line[node.keyRange])
            func isKey(_ name: StaticString) -> Bool {
                for place in 0..<key.count where key[place] != name.utf8Start[place] {
                    return false
                }
                return true
            }
            switch key.count {
            case 2 where isKey("id"): id = index
            case 9 where isKey("principal"): principal = index
            case 6 where isKey("action"): action = index
            case 8 where isKey("resource"): resource = index
            case 7 where isKey("context"): context = index
            case 15 where isKey("resourceAccount"): resourceAccount = index
            case 15 where isKey("overrideContext"):
                guard node.kind == .true || node.kind == .false else { return nil }
                overridesAWS = node.kind == .true
            default: return nil
            }
            index = Int(node.next)
        }
        // The first node is the line itself.
        guard principal > 0, action > 0 else { return nil }
    }
}
