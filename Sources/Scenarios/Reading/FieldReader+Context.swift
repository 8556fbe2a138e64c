import Authorization
import JSONSource
import PolicyLanguage
import ServiceCatalog

// Condition keys and names in requests that AWS would not send so.
extension FieldReader {
    /// Keys that differ by case only are one key, which can have one value (COND-4).
    mutating func refuseEqualKey(_ member: JSONMember, among members: [JSONMember]) {
        let key = ConditionKey(member.key)
        // A key that stands twice letter by letter was reported when the file was read.
        guard let earlier = members.first(where: { ConditionKey($0.key) == key }),
            earlier.key != member.key
        else { return }
        let message = "the context key '\(member.key)' is given twice: keys ignore case"
        let problem = Diagnostic.error(
            "request.duplicate-context-key",
            message,
            at: member.keySpan
        )
        diagnostics.append(problem.noting("'\(earlier.key)' stands here", at: earlier.keySpan))
    }

    /// Warns of a key that no request carries, and of a value that its type cannot have.
    mutating func warnUnlikely(_ member: JSONMember) {
        guard warns else { return }
        let lookup = KeyLookup(member.key)
        if lookup.isUnknown {
            let near = KeyLookup.nearest(to: member.key)
            let message =
                "the catalog of \(ServiceCatalog.date) has no condition key '\(member.key)'"
            let help = near.map { "did you mean '\($0)'?" }
            diagnostics.append(
                .warning("request.unknown-context-key", message, at: member.keySpan, help: help)
            )
        }
        guard let key = lookup.key, !member.key.hasPrefix("saml:") else { return }
        for value in elements(member.value) {
            guard let text = value.scalarText else { continue }
            if !key.type.reads(text) {
                let message =
                    "AWS gives '\(key.name)' as \(key.type.noun); \(key.type.operators) operators "
                    + "cannot read '\(text)'"
                diagnostics.append(
                    .warning("request.unreadable-value", message, at: value.span)
                )
            } else if key.name == "aws:RequestedRegion" {
                warnUnknownRegion(text, at: value.span)
            }
        }
    }

    private mutating func warnUnknownRegion(_ region: String, at span: SourceSpan) {
        Regions.warning("request.unknown-region", of: region, at: span)
            .map { diagnostics.append($0) }
    }

    /// Warns of a resource that begins like an ARN and is none of AWS's, or none that any of the
    /// actions works on.
    mutating func warnUnlikely(resource: SourceString, of actions: [ActionName]) {
        guard warns, resource.text.hasPrefix("arn:") else { return }
        guard let arn = ARN(resource.text) else {
            let message =
                "'\(resource.text)' is not a whole ARN: expected "
                + "arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE"
            diagnostics.append(.warning("request.incomplete-arn", message, at: resource.span))
            return
        }
        warnUnknownRegion(arn.region, at: resource.span)
        guard let first = actions.first,
            !actions.contains(where: { ServiceCatalog.action($0)?.accepts(arn) ?? true })
        else { return }
        let message = "'\(first)' does not work on '\(resource.text)', which is decided as written"
        diagnostics.append(.warning("request.other-resource", message, at: resource.span))
    }

    /// Warns of a service principal that is not AWS's; its form is looked at where it is used.
    mutating func warnServicePrincipal(_ name: Substring, at span: SourceSpan) {
        guard warns, name.contains(".") else { return }
        ServicePrincipals.warning("request.unknown-service-principal", of: String(name), at: span)
            .map { diagnostics.append($0) }
    }
}

extension CatalogConditionKey.ValueType {
    /// Whether a value of a request can be read in the type, as operators of the type do (COND-7).
    fileprivate func reads(_ text: String) -> Bool {
        // An empty text counts as no value.
        if text.isEmpty { return true }
        return switch self {
        case .string: true
        case .arn: ARN(text) != nil
        case .bool: ["true", "false"].contains(text.lowercased())
        case .numeric: DecimalNumber(text) != nil
        case .date: Instant(policyValue: text) != nil
        case .ipAddress: IPAddressRange(text) != nil
        }
    }

    /// How the names of the operators of the type begin.
    fileprivate var operators: String {
        switch self {
        case .string: "String"
        case .arn: "Arn"
        case .bool: "Bool"
        case .numeric: "Numeric"
        case .date: "Date"
        case .ipAddress: "IpAddress"
        }
    }

    fileprivate var noun: String {
        switch self {
        case .string: "a text"
        case .arn: "an ARN"
        case .bool: "true or false"
        case .numeric: "a number"
        case .date: "a date such as 2026-01-15T09:00:00Z"
        case .ipAddress: "an IP address"
        }
    }
}
