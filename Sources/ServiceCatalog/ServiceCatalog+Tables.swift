// AWS facts that change, each with the document and the date it was taken from.

private func words(_ text: String) -> Set<String> {
    Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
}

extension ServiceCatalog {
    /// Organizations User Guide, "Resource control policies (RCPs)", 2026-09-26 (RCP-6).
    ///
    /// The page says `opensearch` where IAM actions say `es` (DOC-9): both are listed.
    static let servicesReachedByRCPs = words(
        """
        appconfig appstream aoss autoscaling autoscaling-plans budgets clouddirectory cloudfront
        cloudsearch cloudtrail-data codeartifact codebuild codecommit codepipeline
        cognito-identity cognito-idp comprehend comprehendmedical compute-optimizer
        cost-optimization-hub dax dsql dynamodb ecr ecr-public es events firehose fis fms gamelift
        health inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications
        opensearch pca-connector-ad personalize polly pricing resource-groups rolesanywhere s3
        secretsmanager servicediscovery signin sqs sts support swf textract timestream-influxdb
        transcribe transfer translate wafv2 workspaces xray
        """
    )

    /// Organizations User Guide, "Tasks and entities not restricted by SCPs" (SCP-8).
    static let servicesBeyondSCPs = words("mechanicalturk")

    /// Services that report us-east-1 whatever Region they are called from.
    ///
    /// IAM User Guide, "AWS global condition context keys" (aws:RequestedRegion), 2026-09.
    package static let servicesInNorthVirginia = words(
        "account billing budgets ce cloudfront cur health iam organizations route53 "
            + "route53domains shield sts support tax trustedadvisor waf"
    )

    /// Services that are called in us-west-2 only.
    ///
    /// Global Accelerator Developer Guide, "AWS Region availability"; Network Manager API Reference;
    /// "CLI Examples for the Recovery Control Configuration API", 2026-11.
    static let servicesInOregon = words(
        "globalaccelerator networkmanager route53-recovery-control-config"
    )

    /// Actions that work on resources which the Service Authorization Reference does not list for
    /// them, as policies in AWS's own pages show, 2026-09 (RES-7).
    ///
    /// CloudWatch Logs User Guide, "Logs sent to CloudWatch Logs"; Systems Manager User Guide,
    /// "Sample IAM policies for Session Manager"; Step Functions Developer Guide, "Call HTTPS APIs
    /// in Step Functions workflows"; STS API Reference, "GetFederationToken" (session tags).
    static let actionsOnUnlistedResources = words(
        """
        logs:describeloggroups logs:describeresourcepolicies logs:putresourcepolicy
        ssmmessages:opendatachannel states:invokehttpendpoint sts:tagsession
        """
    )

    /// IAM User Guide, "Policy evaluation logic", single-account example (RES-7).
    static let accountLevelS3Actions = words(
        """
        s3:listallmybuckets s3:getaccountpublicaccessblock s3:putaccountpublicaccessblock
        s3:listaccesspoints
        """
    )

    /// Services whose tables list actions without keys that AWS managed policies use with them,
    /// 2026-10.
    package static let servicesWithKeyGaps = words("aws-marketplace")

    /// Amazon EventBridge User Guide, "Using IAM policy conditions", 2026-10: the service's table
    /// calls it a list, AWS's own policies compare it without a set operator.
    static let listsComparedAsOneValue = words("events:detail-type")

    /// IAM User Guide, "AWS global condition context keys" (aws:VpceAccount), 2026-09 (KEY-15).
    static let servicesWithVpceAccount = words(
        """
        acm-pca apprunner applicationinsights athena cloudformation comprehendmedical
        compute-optimizer datasync discovery dynamodb ebs ecr ecs firehose gamelift healthlake iam
        iotfleetwise iotwireless kinesisanalytics kms lambda medical-imaging omics
        payment-cryptography polly rbin rekognition route53 s3 scheduler servicediscovery
        servicequotas shield ssm-contacts storagegateway textract transcribe transfer
        """
    )

    /// The same page (aws:VpceOrgID): these and those of aws:VpceAccount.
    static let servicesWithVpceOrganizationID = words(
        """
        b2bi cassandra cloudhsmv2 cognito-identity dms ds-data identitystore iottwinmaker kinesis
        network-firewall pricing qbusiness ses sms-voice sqs workmail
        """
    )

    /// The same page (aws:VpceOrgPaths): these and those of aws:VpceAccount.
    static let servicesWithVpceOrganizationPaths = words("secretsmanager sts")
}
