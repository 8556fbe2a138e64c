package import Authorization

/// One step on the way to the caller's session: somebody, or what he became.
package struct Hop: Sendable {
    /// How he came to be: `sts:AssumeRole`; nil for who stands at the beginning.
    package let call: String?
    /// As people name him: `prod:role/Deploy`, `Identity Center user alice`.
    package let name: String
    package let arn: String?
    /// The permission set he signed in with.
    package let permissionSet: String?
    /// The session that was issued; nil for long-term keys and people.
    package let session: Session?

    package init(
        call: String?,
        name: String,
        arn: String? = nil,
        permissionSet: String? = nil,
        session: Session? = nil
    ) {
        self.call = call
        self.name = name
        self.arn = arn
        self.permissionSet = permissionSet
        self.session = session
    }
}
