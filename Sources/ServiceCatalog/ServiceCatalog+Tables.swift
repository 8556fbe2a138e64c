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

    /// Service Authorization Reference, 2026-09: services that act on their own ARNs only.
    static let servicesWithOwnARNs = words(
        "dynamodb iam kms lambda s3 secretsmanager sns sqs"
    )

    /// Organizations User Guide, "Tasks and entities not restricted by SCPs" (SCP-8).
    static let servicesBeyondSCPs = words("mechanicalturk")

    /// IAM User Guide, "AWS global condition context keys" (aws:RequestedRegion), 2026-09.
    static let globalServices = words(
        "account billing budgets ce chatbot cloudfront cur globalaccelerator health iam "
            + "networkmanager organizations route53 route53-recovery-control-config "
            + "route53domains shield sts support tax trustedadvisor waf"
    )

    /// IAM User Guide, "AWS global condition context keys" and "IAM and AWS STS condition context
    /// keys"; Service Authorization Reference for the rest, 2026-09.
    static let multivaluedKeys = words(
        """
        aws:calledvia aws:principalorgpaths aws:principalservicenameslist aws:resourceorgpaths
        aws:sourceorgpaths aws:tagkeys aws:vpceorgpaths
        sts:transitivetagkeys sts:requestcontextproviders sts:identitytokenaudience
        dynamodb:attributes dynamodb:leadingkeys kms:encryptioncontextkeys kms:grantoperations
        kms:resourcealiases lambda:layer lambda:securitygroupids lambda:subnetids
        s3:requestobjecttagkeys
        """
    )

    /// Service Authorization Reference, 2026-09; RES-7, KMS-5, RBP-4, STS-30, STS-31, STS-34.
    static let actionsWithoutResource = words(
        """
        ec2:describeaccountattributes ec2:describeaddresses ec2:describeavailabilityzones
        ec2:describeimages ec2:describeinstances ec2:describeinstancestatus
        ec2:describeinstancetypes ec2:describeinternetgateways ec2:describekeypairs
        ec2:describelaunchtemplates ec2:describenatgateways ec2:describenetworkacls
        ec2:describenetworkinterfaces ec2:describeregions ec2:describeroutetables
        ec2:describesecuritygroups ec2:describesnapshots ec2:describesubnets ec2:describetags
        ec2:describevolumes ec2:describevpcendpoints ec2:describevpcs
        ecr:getauthorizationtoken
        iam:getaccountauthorizationdetails iam:getaccountpasswordpolicy iam:getaccountsummary
        iam:generatecredentialreport iam:getcredentialreport iam:listaccountaliases
        iam:listgroups iam:listpolicies iam:listroles iam:listusers
        kms:createkey kms:listkeys kms:listaliases kms:generaterandom kms:createcustomkeystore
        kms:connectcustomkeystore kms:deletecustomkeystore kms:describecustomkeystores
        kms:disconnectcustomkeystore kms:updatecustomkeystore
        lambda:listfunctions secretsmanager:listsecrets secretsmanager:getrandompassword
        sns:listtopics sns:listsubscriptions sqs:listqueues
        sts:decodeauthorizationmessage sts:getaccesskeyinfo sts:getcalleridentity
        sts:getsessiontoken
        """
    )

    /// IAM User Guide, "Policy evaluation logic", single-account example (RES-7).
    static let accountLevelS3Actions = words(
        """
        s3:listallmybuckets s3:getaccountpublicaccessblock s3:putaccountpublicaccessblock
        s3:listaccesspoints
        """
    )

    /// Service Authorization Reference, 2026-09.
    static let servicesWithResourceTagKey = words(
        "autoscaling ec2 ecr elasticloadbalancing iam secretsmanager ssm"
    )

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
