import JSONSource

/// An organization of any size with the sharing that real ones have.
///
/// Few distinct policies, many roles; the text follows from the numbers alone.
struct GeneratedOrganization {
    let accounts: Int
    let rolesPerAccount: Int

    /// The organization file.
    var text: String {
        let units = (0..<8).map { unit in
            JSONOutput.Member("unit\(unit)", self.unit(unit))
        }
        return JSONOutput.fields([
            "organization": .fields(["managementAccount": .string("management")]),
            "serviceControlPolicies": .fields(["Guard": guardrail]),
            "root": .fields([
                "serviceControlPolicies": .strings(["FullAWSAccess", "Guard"]),
                "accounts": .fields(["management": .fields(["id": .string("100000000000")])]),
                "organizationalUnits": .object(units),
            ]),
        ]).compact
    }

    private var guardrail: JSONOutput {
        policy([
            statement("Deny", ["organizations:LeaveOrganization", "cloudtrail:Stop*"], ["*"]),
            statement("Deny", ["ec2:*"], ["*"], region: "us-east-1"),
        ])
    }

    private func unit(_ number: Int) -> JSONOutput {
        let members = stride(from: number, to: accounts, by: 8).map { index in
            JSONOutput.Member("account\(index)", account(index))
        }
        return .fields(["accounts": .object(members)])
    }

    private func id(_ account: Int) -> String { String(200_000_000_000 + account) }

    private func account(_ index: Int) -> JSONOutput {
        let roles = (0..<rolesPerAccount).map {
            JSONOutput.Member("role\($0)", role($0, in: index))
        }
        let bucket = "arn:aws:s3:::data-\(index)"
        let share = statement(
            "Allow",
            ["s3:GetObject"],
            [bucket + "/*"],
            principal: id((index + 1) % accounts)
        )
        return .fields([
            "id": .string(id(index)),
            "iam": .fields(["roles": .object(roles)]),
            "resources": .object([.init(bucket, .fields(["policy": policy([share])]))]),
        ])
    }

    /// Every eighth role reads every bucket; each role trusts the one before it.
    private func role(_ number: Int, in account: Int) -> JSONOutput {
        let actions = [
            ["s3:GetObject", "s3:ListBucket"], ["ec2:Describe*"], ["sqs:*"],
            ["logs:*", "cloudwatch:*"],
            ["dynamodb:GetItem"], ["sts:AssumeRole"], ["lambda:InvokeFunction"], ["kms:Decrypt"],
        ][number % 8]
        let previous = "arn:aws:iam::\(id(account)):role/role\(max(0, number - 1))"
        let trust = statement("Allow", ["sts:AssumeRole"], nil, principal: previous)
        return .fields([
            "trustPolicy": policy([trust]),
            "inlinePolicies": .fields(["p": policy([statement("Allow", actions, ["*"])])]),
            "tags": .fields(["team": .string("team\(number % 5)")]),
        ])
    }

    private func policy(_ statements: [JSONOutput]) -> JSONOutput {
        .fields(["Version": .string("2012-10-17"), "Statement": .array(statements)])
    }

    private func statement(
        _ effect: String,
        _ actions: [String],
        _ resources: [String]?,
        principal: String? = nil,
        region: String? = nil
    ) -> JSONOutput {
        .fields([
            "Effect": .string(effect),
            "Principal": principal.map { .fields(["AWS": .string($0)]) },
            "Action": .strings(actions),
            "Resource": resources.map { .strings($0) },
            "Condition": region.map {
                .fields(["StringEquals": .fields(["aws:RequestedRegion": .string($0)])])
            },
        ])
    }
}
