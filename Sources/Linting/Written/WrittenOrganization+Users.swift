import JSONSource

extension WrittenOrganization {
    /// The documents in the file that a user carries himself or through his groups.
    func policies(of user: Entity, in account: Account) -> [WrittenPolicy] {
        let iam = account.value["iam"]
        let groups = (user.value["groups"]?.elements ?? []).compactMap(\.string)
            .compactMap { iam?["groups"]?[$0] }
        let carriers = [user.value] + groups
        let names = carriers.flatMap { $0["managedPolicies"]?.elements ?? [] }
            .compactMap(\.string)
        let managed = policies.filter { policy in
            policy.holder.account == account.id && policy.holder.arn == nil
                && policy.holder.name.map(names.contains) == true
        }
        let spans = Set(carriers.flatMap { $0["inlinePolicies"]?.members ?? [] }.map(\.value.span))
        return managed + policies.filter { spans.contains($0.value.span) }
    }
}
