extension PastedMessage.Problem {
    /// What is missing from a text that does not say who is not authorized to perform what.
    init(of text: PastedText) {
        let instead = "give --principal, --action and --resource instead of --message"
        if text.first("notauthorizedtoperformsts:assumerolewith") != nil {
            self.init(
                message: "STS does not say here who called, nor for which role",
                help: "give the CloudTrail record of the call with --event, or a scenario with the "
                    + "assumeRoleWithSAML or assumeRoleWithWebIdentity step"
            )
        } else if text.first("encodedauthorizationfailuremessage") != nil {
            self.init(
                message: "who called and what was called stands in the encoded part",
                help: "decode it with 'aws sts decode-authorization-message', then \(instead)"
            )
        } else if text.first("youarenotauthorizedtoperformthisoperation") != nil {
            self.init(message: "EC2 does not say here who called, nor what", help: instead)
        } else if text.first("deniedduetoavpcendpointpolicy") != nil {
            self.init(
                message: "a VPC endpoint policy denied it, but not who called, nor what, is said",
                help: "give the CloudTrail record with --event, or --principal, --action, "
                    + "--resource and --through"
            )
        } else if Self.expired.contains(where: { text.first($0) != nil }) {
            self.init(
                message: "the credentials had expired, so no policy was asked",
                help: "renew them and call again"
            )
        } else if Self.plain.contains(where: { text.first($0) != nil }) {
            self.init(
                message: "'Access Denied' alone does not say who called, nor what",
                help: "S3 says no more to callers of another organization; \(instead), or the "
                    + "CloudTrail record with --event"
            )
        } else {
            self.init(
                message: "this is not a message of AWS about a denial: "
                    + "'… is not authorized to perform: …' is missing",
                help: instead
            )
        }
    }

    private static let expired: [StaticString] = [
        "securitytokenincludedintherequestisexpired", "providedtokenhasexpired", "expiredtoken",
        "requesthasexpired",
    ]
    private static let plain: [StaticString] = [
        "accessdenied", "unauthorizedoperation", "notauthorized", "forbidden", "permissiondenied",
        "don'thavepermission", "donothavepermission",
    ]
}
