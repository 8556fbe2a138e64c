import JSONSource
import PolicyLanguage

extension Check {
    static let passwordWithoutMFA = Check(
        "password-without-mfa",
        .warning,
        "a user has a password and no MFA device",
        why: "Whoever guesses, phishes or buys the password is that user.",
        fix: "Register a device, or give the person access through Identity Center.",
        source: "IAM User Guide, \"Security best practices in IAM\"",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"users": {«"ann"»: {"password": {}}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "iam": {"users": {"bob": {}, "ann": {"password": {},
                   "mfaDevices": ["arn:aws:iam::111111111111:mfa/ann"]}}}}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            organization.ownAccounts.flatMap(\.users).filter { user in
                user.value["password"]?.members != nil
                    && (user.value["mfaDevices"]?.elements ?? []).isEmpty
            }.map { Remark("the user '\($0.name)' signs in without MFA", at: $0.place) }
        }
    )
}
