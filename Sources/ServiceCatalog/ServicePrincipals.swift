package import JSONSource
import PolicyLanguage

/// The forms in which AWS names its services as principals.
///
/// Source: IAM User Guide, "AWS JSON policy elements: Principal", "AWS service principals".
package enum ServicePrincipals {
    private static let suffixes = [
        ".amazonaws.com", ".amazonaws.com.cn", ".amazon.com", ".aws.internal",
    ]

    /// A warning of a text in none of the forms; there may be a form that is newer.
    package static func warning(_ code: String, of name: String, at span: SourceSpan) -> Diagnostic?
    {
        let isName = name.utf8.allSatisfy {
            ActionName.isPrefixByte($0) || $0 == UInt8(ascii: ".")
        }
        if isName, suffixes.contains(where: { name.hasSuffix($0) }) { return nil }
        let message =
            "'\(name)' is not written like a service principal, such as lambda.amazonaws.com"
        return .warning(code, message, at: span)
    }
}
