package import Authorization
import OrganizationModel
import PolicyLanguage
package import SecurityTokens

// What the question asks of single principals, for those who look at how it is decided.
extension WhoCan {
    /// A call that obtains a session on the way to a role.
    package struct Entry: Sendable {
        package let token: TokenRequest
        package let call: SecurityTokenService.Call
    }

    /// Everybody who is asked, in the order of the organization.
    package var principals: [NamedPrincipal] {
        PrincipalList(directory).all + directory.included(question.include)
    }

    /// What is asked of a principal: once for each caller it stands for.
    package func requests(of principal: NamedPrincipal) -> [Request] {
        principal.callers.map { request(by: $0) }
    }

    /// How the principal of an answer gets from role to role.
    package func entries(of answer: Answer) -> [Entry] {
        zip([answer.principal] + answer.chain, answer.chain).flatMap { from, to in
            guard let role = to.role else { return [Entry]() }
            return from.callers.map { call(for: role, by: $0) }
        }
    }

    func call(for target: NamedPrincipal.Role, by caller: Caller) -> Entry {
        let token = TokenRequest.AssumeRole(
            role: target.role.entity,
            roleARN: target.role.arn.description,
            roleSessionName: CallerResolver.directSessionName
        )
        return Entry(
            token: .assumeRole(token),
            call: SecurityTokenService.Call(caller, without: question.without)
        )
    }
}
