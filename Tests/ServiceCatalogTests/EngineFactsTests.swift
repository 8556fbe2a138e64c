import PolicyLanguage
import ServiceCatalog
import Testing

/// What the engine asks the catalog.
@Suite struct EngineFactsTests {
    private static func name(_ text: String) throws -> ActionName {
        try #require(ActionName(text), "\(text)")
    }

    struct UseCase: Sendable, CustomTestStringConvertible {
        let action: String
        let use: ServiceCatalog.ResourceUse
        var testDescription: String { action }
    }

    @Test(
        "an action without resource type is decided on * alone (RES-7)",
        arguments: [
            UseCase(action: "ec2:DescribeInstances", use: .none),
            UseCase(action: "EC2:describevpcs", use: .none),
            UseCase(action: "support:DescribeCases", use: .none),
            UseCase(action: "dynamodb:ListTables", use: .none),
            UseCase(action: "sts:GetCallerIdentity", use: .none),
            UseCase(action: "kms:CreateKey", use: .none),
            UseCase(action: "s3:ListAllMyBuckets", use: .allBuckets),
            UseCase(action: "s3:GetObject", use: .some),
            UseCase(action: "sts:AssumeRole", use: .some),
            UseCase(action: "sts:TagSession", use: .some),
            UseCase(action: "sts:SetContext", use: .some),
            UseCase(action: "iam:PassRole", use: .some),
            UseCase(action: "lambda:InvokeFunctionUrl", use: .some),
            // The policies in AWS's own pages name log groups for it.
            UseCase(action: "logs:DescribeLogGroups", use: .some),
            // AWS is newer than any catalog.
            UseCase(action: "s3:GetObjectOfTomorrow", use: .some),
            UseCase(action: "tomorrow:Get", use: .some),
        ]
    )
    func resourceUse(row: UseCase) throws {
        #expect(ServiceCatalog.resourceUse(of: try Self.name(row.action)) == row.use)
    }

    @Test("the exceptions to RES-7 are actions that the catalog lists without a type")
    func exceptions() throws {
        for text in [
            "logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy",
            "ssmmessages:OpenDataChannel", "states:InvokeHTTPEndpoint",
        ] {
            let action = try #require(ServiceCatalog.action(Self.name(text)))
            #expect(!action.hasResourceTypes, "\(text)")
            #expect(ServiceCatalog.resourceUse(of: try Self.name(text)) == .some, "\(text)")
        }
    }

    struct KeyCase: Sendable, CustomTestStringConvertible {
        let key: String
        let action: String
        let isMultivalued: Bool
        var testDescription: String { "\(key) of \(action)" }
    }

    @Test(
        "a key is typed by the action's service, else by its own (COND-12, COND-13)",
        arguments: [
            KeyCase(key: "aws:TagKeys", action: "s3:PutObject", isMultivalued: true),
            KeyCase(key: "aws:PrincipalOrgPaths", action: "s3:GetObject", isMultivalued: true),
            KeyCase(key: "aws:CalledViaFirst", action: "s3:GetObject", isMultivalued: false),
            KeyCase(key: "aws:NoSuchKey", action: "s3:GetObject", isMultivalued: false),
            KeyCase(key: "dynamodb:LeadingKeys", action: "dynamodb:Query", isMultivalued: true),
            KeyCase(key: "identitystore:UserId", action: "q:SendMessage", isMultivalued: true),
            KeyCase(key: "identitystore:UserId", action: "s3:GetObject", isMultivalued: false),
            KeyCase(key: "lambda:Layer", action: "cloudformation:CreateStack", isMultivalued: true),
            KeyCase(
                key: "saml:eduPersonAffiliation",
                action: "sts:AssumeRoleWithSAML",
                isMultivalued: true
            ),
            KeyCase(key: "saml:aud", action: "sts:AssumeRoleWithSAML", isMultivalued: false),
            KeyCase(
                key: "token.actions.githubusercontent.com:sub",
                action: "sts:AssumeRoleWithWebIdentity",
                isMultivalued: false
            ),
            KeyCase(key: "app:Anything", action: "s3:GetObject", isMultivalued: false),
        ]
    )
    func multivaluedKeys(row: KeyCase) throws {
        let action = try Self.name(row.action)
        let key = ConditionKey(row.key)
        #expect(ServiceCatalog.isMultivalued(key, for: action) == row.isMultivalued)
    }

    struct ForeignCase: Sendable, CustomTestStringConvertible {
        let key: String
        let action: String
        let isForeign: Bool
        var testDescription: String { "\(key) of \(action)" }

        static func carried(_ key: String, _ action: String) -> ForeignCase {
            ForeignCase(key: key, action: action, isForeign: false)
        }

        static func foreign(_ key: String, _ action: String) -> ForeignCase {
            ForeignCase(key: key, action: action, isForeign: true)
        }
    }

    @Test(
        "a service's key is absent for certain where no request for the action carries it (COND-6)",
        arguments: [
            .carried("s3:prefix", "s3:ListBucket"),
            .foreign("s3:prefix", "s3:GetObject"),
            .carried("S3:existingobjecttag/Class", "s3:GetObject"),
            .foreign("ram:AllowsExternalPrincipals", "lambda:DeleteFunction"),
            // By the action with one resource type, and by the resource type.
            .carried("ec2:ImageType", "ec2:RunInstances"),
            .carried("ec2:ResourceTag/team", "ec2:StopInstances"),
            // The service that delivers credentials adds these to requests to any service.
            .carried("lambda:SourceFunctionArn", "sqs:SendMessage"),
            .carried("aws:SourceVpc", "s3:GetObject"),
            .carried("aws:NewKey", "s3:GetObject"),
            .carried("custom:key", "s3:GetObject"),
            // Trust policies: providers, IAM, and keys of the call decided with session tags.
            .carried("saml:sub", "sts:TagSession"),
            .carried("iam:ResourceTag/team", "sts:AssumeRole"),
            .carried("sts:ExternalId", "sts:TagSession"),
            .carried("token.actions.githubusercontent.com:sub", "sts:AssumeRoleWithWebIdentity"),
            // Nothing is known of the action, or not enough.
            .carried("s3:prefix", "s3:GetObjectOfTomorrow"),
            .carried("logs:LogGeneratingResourceArns", "logs:DescribeLogGroups"),
        ] as [ForeignCase]
    )
    func foreignKeys(row: ForeignCase) throws {
        let action = try Self.name(row.action)
        #expect(ServiceCatalog.isForeign(ConditionKey(row.key), to: action) == row.isForeign)
    }

    @Test("some services have a tag key of their own beside aws:ResourceTag (KEY-11)")
    func ownResourceTagKeys() {
        for service in ["ec2", "iam", "secretsmanager", "ssm", "ecs"] {
            #expect(ServiceCatalog.hasOwnResourceTagKey(service), "\(service)")
        }
        for service in ["s3", "sqs", "sts", "tomorrow"] {
            #expect(!ServiceCatalog.hasOwnResourceTagKey(service), "\(service)")
        }
    }

    struct FitCase: Sendable, CustomTestStringConvertible {
        let action: String
        let arn: String
        let fits: Bool
        var testDescription: String { "\(action) \(fits ? "on" : "not on") \(arn)" }

        static func on(_ action: String, _ arn: String) -> FitCase {
            FitCase(action: action, arn: arn, fits: true)
        }

        static func not(_ action: String, _ arn: String) -> FitCase {
            FitCase(action: action, arn: arn, fits: false)
        }
    }

    @Test(
        "an ARN fits an action or is turned down (RES-7)",
        arguments: [
            .on("s3:GetObject", "arn:aws:s3:::b/k"),
            .on("s3:GetObject", "arn:aws-us-gov:s3:::b/folder/k:1"),
            .on("s3:GetObject", "arn:aws:s3:eu-west-1:111122223333:accesspoint/a/object/k"),
            .not("s3:GetObject", "arn:aws:s3:::b"),
            .not("s3:GetObject", "arn:aws:sqs:eu-west-1:111122223333:b/k"),
            .on("s3:ListBucket", "arn:aws:s3:::b"),
            .not("s3:ListBucket", "arn:aws:s3:::b/k"),
            .on("iam:GetRole", "arn:aws:iam::111122223333:role/team/Deploy"),
            .not("iam:GetRole", "arn:aws:iam::111122223333:user/team/Deploy"),
            .on("iam:GetPolicy", "arn:aws:iam::aws:policy/job-function/Billing"),
            .on("sts:AssumeRole", "arn:aws:iam::111122223333:role/team/Deploy"),
            .on("sts:GetFederationToken", "arn:aws:sts::111122223333:federated-user/a"),
            .on("sts:AssumeRoot", "arn:aws:iam::111122223333:root"),
            .on("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/mrk-1"),
            .not("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:alias/a"),
            .on("kms:CreateAlias", "arn:aws:kms:eu-west-1:111122223333:alias/a/b"),
            .on("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:function:f:prod"),
            .on(
                "logs:PutLogEvents",
                "arn:aws:logs:eu-west-1:111122223333:log-group:/a/b:log-stream:s"
            ),
            .on("logs:FilterLogEvents", "arn:aws:logs:eu-west-1:111122223333:log-group:/a/b:*"),
            .on("dynamodb:Query", "arn:aws:dynamodb:eu-west-1:111122223333:table/t/index/i"),
            .on("dynamodb:GetRecords", "arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/s"),
            .not("dynamodb:GetRecords", "arn:aws:dynamodb:eu-west-1:111122223333:global-table/t"),
            .on("sns:Publish", "arn:aws:sns:eu-west-1:111122223333:topic"),
            .on("execute-api:Invoke", "arn:aws:execute-api:eu-west-1:111122223333:id/prod/GET/"),
            .on("events:PutEvents", "arn:aws:events:eu-west-1:111122223333:event-bus/default"),
            .on("sts:TagSession", "arn:aws:sts::111122223333:federated-user/a"),
            .not("ec2:CopySnapshot", "arn:aws:ec2:eu-west-1:111122223333:snapshot/s"),
            .on("ec2:CopySnapshot", "arn:aws:ec2:eu-west-1::snapshot/s"),
            // The resource may be another service's.
            .on("backup:StartBackupJob", "arn:aws:backup:eu-west-1:111122223333:backup-vault:v"),
            // Nothing is known of these.
            .on("ec2:DescribeInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/i"),
            .on("logs:DescribeLogGroups", "arn:aws:logs:eu-west-1:111122223333:log-group:*"),
        ] as [FitCase]
    )
    func accepts(row: FitCase) throws {
        let action = try #require(ServiceCatalog.action(Self.name(row.action)))
        #expect(action.accepts(try #require(ARN(row.arn))) == row.fits)
    }

    @Test("every ARN format has six parts and takes an ARN made after it")
    func formats() throws {
        for type in ServiceCatalog.services.flatMap(\.resourceTypes) {
            for format in type.arnFormats {
                let text = format.replacing(/\$\{[^}]*\}/, with: "x")
                let arn = try #require(ARN(text), "\(format)")
                #expect(type.accepts(arn), "\(format)")
            }
        }
    }

    @Test("the catalog has the date of its source")
    func date() {
        #expect(ServiceCatalog.date == "2026-10-27")
    }

    @Test("a service is offered only where it has the action")
    func nearest() throws {
        let slip = try #require(ActionName("dynamo:GetItem"))
        #expect(ServiceCatalog.nearest(to: slip) == "dynamodb:GetItem")
        let unknown = try #require(ActionName("foo:Bar"))
        #expect(ServiceCatalog.nearest(to: unknown) == nil)
    }
}
