package import JSONSource
package import Authorization
import OrganizationModel
package import PolicyLanguage

/// Puts together requests from what is written and from the organization at that moment.
package struct RequestResolver: Sendable {
    let engine: Engine
    let resolver: CallerResolver
    let instant: Instant

    /// The longest resource that is looked at, in bytes: longer than any ARN of AWS.
    package static let resourceLimit = 4_096

    package init(_ engine: Engine, at instant: Instant) {
        self.engine = engine
        self.instant = instant
        resolver = CallerResolver(organization: engine.organization, instant: instant)
    }

    /// The caller a principal means; a problem is reported at its place.
    package func caller(
        _ reference: PrincipalReference,
        _ diagnostics: inout [Diagnostic]
    ) -> Caller? {
        resolve(at: reference.span, &diagnostics) {
            () throws(CallerResolver.Problem) in
            switch reference.form {
            case .named(let text): try resolver.caller(text)
            case .service(let name, let account, let arn):
                .service(try resolver.service(name, sourceAccount: account, sourceARN: arn))
            }
        }
    }

    /// The resource a text means: shorthands are put in full.
    package func resource(
        _ text: SourceString,
        _ diagnostics: inout [Diagnostic]
    ) -> String? {
        guard text.text.utf8.count <= Self.resourceLimit else {
            let message = "a resource has at most \(Self.resourceLimit) bytes"
            diagnostics.append(.error("request.resource-length", message, at: text.span))
            return nil
        }
        return resolve(at: text.span, &diagnostics) {
            () throws(CallerResolver.Problem) in try resolver.resource(text.text)
        }
    }

    /// A request in the given circumstances.
    package func request(
        _ caller: Caller,
        _ action: ActionName,
        _ resource: String,
        _ circumstances: Circumstances,
        _ diagnostics: inout [Diagnostic]
    ) -> Request? {
        var request = Request(caller: caller, action: action, resource: resource, instant: instant)
        request.context = circumstances.context
        if let service = circumstances.viaService { request.viaService = service }
        if !circumstances.without.isEmpty { request.without = circumstances.without }
        if !circumstances.unknownKeys.isEmpty { request.unknownKeys = circumstances.unknownKeys }
        if let name = circumstances.resourceAccount {
            guard let id = accountID(name, &diagnostics) else { return nil }
            request.resourceAccount = id
        }
        if let endpoint = circumstances.endpoint {
            guard let arn = self.endpoint(endpoint, &diagnostics) else { return nil }
            request.endpoint = arn
        }
        return request
    }

    /// An account by name or id; an id may be one that the file does not know.
    func accountID(
        _ name: SourceString,
        _ diagnostics: inout [Diagnostic]
    ) -> AccountID? {
        if let id = AccountID(name.text) { return id }
        return resolve(at: name.span, &diagnostics) {
            () throws(CallerResolver.Problem) in try resolver.account(name.text).id
        }
    }

    func endpoint(_ text: SourceString, _ diagnostics: inout [Diagnostic]) -> ARN? {
        guard let arn = ARN(text.text), arn.isVPCEndpoint else {
            let message = "'\(text.text)' is not the ARN of a VPC endpoint"
            diagnostics.append(.error("request.invalid-endpoint", message, at: text.span))
            return nil
        }
        guard engine.organization.listed(text.text) != nil else {
            let known = engine.organization.accounts.flatMap(\.resources).map(\.arn)
                .filter(\.isVPCEndpoint).map(\.description)
            let near = NearestName.of(text.text, among: known).map { ", did you mean '\($0)'?" }
            let message = "no account lists the endpoint '\(text.text)'" + (near ?? "")
            diagnostics.append(.error("request.unknown-endpoint", message, at: text.span))
            return nil
        }
        return arn
    }

    /// The result of a look-up, its problem reported at the place of the name.
    func resolve<Value>(
        at span: SourceSpan,
        _ diagnostics: inout [Diagnostic],
        _ body: () throws(CallerResolver.Problem) -> Value
    ) -> Value? {
        do throws(CallerResolver.Problem) {
            return try body()
        } catch {
            diagnostics.append(.error(error.code, error.message, at: span))
            return nil
        }
    }
}
