// What services call a denial: part of a service's protocol, not of authorization.

extension ServiceCatalog {
    /// The error code under which a service tells that a request is denied (MSG-6).
    package static func accessDeniedCode(of service: String) -> String {
        switch service {
        case "ec2": "UnauthorizedOperation"
        case "sns": "AuthorizationError"
        default: servicesOfXML.contains(service) ? "AccessDenied" : "AccessDeniedException"
        }
    }

    /// The error code and sentence with which a service refuses expired credentials.
    ///
    /// S3 API Reference, "Error responses"; EC2 Developer Guide, "Error codes"; IAM API Reference,
    /// "Common error types", 2026-11.
    package static func expiredToken(of service: String) -> (code: String, sentence: String) {
        switch service {
        case "s3": ("ExpiredToken", "The provided token has expired.")
        case "ec2": ("RequestExpired", "Request has expired.")
        default:
            (
                servicesOfXML.contains(service) || service == "sns"
                    ? "ExpiredToken" : "ExpiredTokenException",
                "The security token included in the request is expired"
            )
        }
    }

    /// Whether a service's message leaves `on resource:` out where the action has no resource
    /// (MSG-1).
    package static func leavesOutMissingResource(_ service: String) -> Bool {
        ["ec2", "s3"].contains(service)
    }

    /// Services whose protocol is `query` or `rest-xml`; all others but EC2 speak JSON.
    ///
    /// Source: the `protocol` of the service models of the AWS SDKs, botocore 1.43.11, 2026-11.
    package static let servicesOfXML: Set = [
        "autoscaling", "cloudformation", "cloudfront", "elasticache", "elasticbeanstalk",
        "elasticloadbalancing", "iam", "rds", "redshift", "route53", "s3", "s3-object-lambda",
        "ses", "sts",
    ]
}
