import JSONSource
import PolicyLanguage

extension Check {
    static let bucketOpenToEveryone = Check(
        "bucket-open-to-everyone",
        .error,
        "a bucket's policy is public and nothing blocks public access",
        why: "Everybody on the internet may do what the policy says.",
        fix: """
            Turn on RestrictPublicBuckets for the account or the bucket, attach an RCP that asks \
            for `aws:PrincipalOrgID`, or name who may.
            """,
        source: "S3 User Guide, \"Blocking public access to your Amazon S3 storage\" (S3-4)",
        examples: [
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "resources": {«"arn:aws:s3:::b"»: {"policy": {
                   "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
                    "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "root": {"accounts": {"m": {
                 "id": "111111111111", "blockPublicAccess": {"restrictPublicBuckets": true},
                 "resources": {"arn:aws:s3:::b": {"policy": {
                   "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
                    "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "resourceControlPolicies": {"Fence":
                 {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                  "Action": "s3:*", "Resource": "arn:aws:s3:::other/*", "Condition":
                  {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]}},
                 "root": {"resourceControlPolicies": ["Fence"], "accounts": {"m": {
                 "id": "111111111111"}, "a": {"id": "222222222222", "resources": {
                  «"arn:aws:s3:::b"»: {"policy": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*"}]}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "resourceControlPolicies": {"Fence":
                 {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                  "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "Bool": {"aws:SecureTransport": "false"}}}]}},
                 "root": {"resourceControlPolicies": ["Fence"], "accounts": {"m": {
                 "id": "111111111111"}, "a": {"id": "222222222222", "resources": {
                  «"arn:aws:s3:::b"»: {"policy": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*"}]}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "resourceControlPolicies": {"Fence":
                 {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                  "Action": "s3:*", "Resource": "*", "Condition":
                  {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]}},
                 "root": {"resourceControlPolicies": ["Fence"], "accounts": {"m": {
                 "id": "111111111111"}, "a": {"id": "222222222222", "resources": {
                  "arn:aws:s3:::b": {"policy": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*"}]}}}}}}}
                """#
            ),
            .organization(
                #"""
                {"organization": {"managementAccount": "m"}, "resourceControlPolicies": {"Fence":
                 {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                  "Action": "s3:*", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"], "Condition":
                  {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                   "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]}},
                 "root": {"resourceControlPolicies": ["Fence"], "accounts": {"m": {
                 "id": "111111111111"}, "a": {"id": "222222222222", "resources": {
                  "arn:aws:s3:::b": {"policy": {"Version": "2012-10-17", "Statement": [
                   {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*"}]}}}}}}}
                """#
            ),
        ],
        inspection: .organization { organization in
            organization.ownAccounts.flatMap { account -> [Remark] in
                if account.value.restrictsPublicBuckets { return [] }
                let fences =
                    organization.isManagementAccount(account)
                    ? []
                    : organization.documents(.resourceControlPolicy, reaching: account)
                        .flatMap(\.statements).filter(\.fencesReadersOff)
                return account.resources.filter { bucket in
                    bucket.arn.hasPrefix("arn:aws:s3:::") && !bucket.value.restrictsPublicBuckets
                        && organization.policies[bucket.policies].contains(where: \.isPublic)
                        && !fences.contains { $0.coversObjects(of: bucket.arn) }
                }.map { Remark("\($0.arn) is open to everyone", at: $0.place) }
            }
        }
    )
}

extension JSONValue {
    fileprivate var restrictsPublicBuckets: Bool {
        if case .bool(true)? = self["blockPublicAccess"]?["restrictPublicBuckets"]?.content {
            return true
        }
        return false
    }
}

extension WrittenPolicy {
    fileprivate var isPublic: Bool {
        guard kind == .resourcePolicy else { return false }
        return PolicyParser.parse(value, as: .resource).value.map { PublicPolicy.isPublic($0) }
            ?? false
    }
}

extension WrittenStatement {
    /// A Deny of S3 to whoever is not of the organization.
    fileprivate var fencesReadersOff: Bool { fencesStrangersOff && concerns("s3:GetObject") }
}
