/// Buckets, keys, queues, topics and secrets of a generated account, each with a policy.
struct GeneratedResources {
    let plan: OrganizationPlan
    let account: Int

    private var id: String { plan.accountID(account) }

    func write(_ text: inout JSONText) {
        bucket("data", shared: true, &text)
        bucket("logs", shared: false, &text)
        key(&text)
        queue(&text)
        topic(&text)
        secret(&text)
    }

    /// Whom the things of the account are shared with: the next account, where there is one.
    private var neighbourRoot: String {
        "arn:aws:iam::\(plan.accountID(plan.neighbour(of: account))):root"
    }

    private func resource(
        _ arn: String,
        _ statements: [WrittenStatement],
        _ text: inout JSONText
    ) {
        let team = plan.teams(of: account)[0]
        text.object(arn) { text in
            text.policy("policy", statements)
            text.object("tags") { $0.string("team", OrganizationPlan.teamName(team)) }
        }
    }
}

extension GeneratedResources {
    private func bucket(_ kind: String, shared: Bool, _ text: inout JSONText) {
        let arn = plan.bucketARN(kind, in: account)
        var statements = [
            WrittenStatement.deny(
                "Encrypted",
                ["s3:*"],
                on: [arn, arn + "/*"],
                if: .init("Bool", "aws:SecureTransport", "false")
            ).of(.everyone)
        ]
        if shared {
            let read = WrittenStatement.allow(
                "Neighbour",
                ["s3:GetObject", "s3:ListBucket"],
                on: [arn, arn + "/*"],
                if: .init("StringEquals", "aws:PrincipalOrgID", OrganizationPlan.organizationID)
            )
            statements.append(read.of(.aws([neighbourRoot])))
        } else {
            let write = WrittenStatement.allow(
                "Trail",
                ["s3:PutObject"],
                on: [arn + "/AWSLogs/*"],
                if: .init("StringEquals", "aws:SourceOrgID", OrganizationPlan.organizationID)
            )
            statements.append(write.of(.service("cloudtrail.amazonaws.com")))
        }
        resource(arn, statements, &text)
    }

    private func key(_ text: inout JSONText) {
        let own = WrittenStatement.allow("Account", ["kms:*"], on: ["*"])
        let use = WrittenStatement.allow(
            "Neighbour",
            ["kms:Decrypt", "kms:DescribeKey"],
            on: ["*"],
            if: .init("StringLike", "kms:ViaService", "s3.*.amazonaws.com")
        )
        resource(
            plan.keyARN(account),
            [own.of(.aws(["arn:aws:iam::\(id):root"])), use.of(.aws([neighbourRoot]))],
            &text
        )
    }

    private func queue(_ text: inout JSONText) {
        let arn = plan.queueARN(account)
        let send = WrittenStatement.allow(
            "Topic",
            ["sqs:SendMessage"],
            on: [arn],
            if: .init("ArnEquals", "aws:SourceArn", plan.topicARN(account))
        )
        let receive = WrittenStatement.allow(
            "Neighbour",
            ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
            on: [arn]
        )
        resource(
            arn,
            [send.of(.service("sns.amazonaws.com")), receive.of(.aws([neighbourRoot]))],
            &text
        )
    }

    private func topic(_ text: inout JSONText) {
        let arn = plan.topicARN(account)
        let publish = WrittenStatement.allow(
            "Organization",
            ["sns:Publish"],
            on: [arn],
            if: .init("StringEquals", "aws:PrincipalOrgID", OrganizationPlan.organizationID)
        )
        resource(arn, [publish.of(.aws(["*"]))], &text)
    }

    private func secret(_ text: inout JSONText) {
        let read = WrittenStatement.allow(
            "Neighbour",
            ["secretsmanager:GetSecretValue"],
            on: ["*"],
            if: .init("StringEquals", "secretsmanager:VersionStage", "AWSCURRENT")
        )
        resource(plan.secretARN(account), [read.of(.aws([neighbourRoot]))], &text)
    }
}

extension OrganizationPlan {
    package func bucketARN(_ kind: String, in account: Int) -> String {
        "arn:aws:s3:::\(accountName(account))-\(kind)"
    }

    func keyARN(_ account: Int) -> String {
        "arn:aws:kms:eu-west-1:\(accountID(account)):key/00000000-0000-0000-0000-\(accountID(account))"
    }

    func queueARN(_ account: Int) -> String {
        "arn:aws:sqs:eu-west-1:\(accountID(account)):\(accountName(account))-work"
    }

    func topicARN(_ account: Int) -> String {
        "arn:aws:sns:eu-west-1:\(accountID(account)):\(accountName(account))-news"
    }

    func secretARN(_ account: Int) -> String {
        "arn:aws:secretsmanager:eu-west-1:\(accountID(account)):secret:\(accountName(account))/db-AbCdEf"
    }
}
