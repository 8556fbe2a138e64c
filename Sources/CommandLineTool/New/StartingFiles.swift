/// The files of `orgsim new`: a small organization with three guardrails, and a scenario that holds
/// every statement of them.
enum StartingFiles {
    static let all: [(name: String, text: String)] = [
        ("organization.json", organization),
        ("policies/deny-leaving.json", leaving),
        ("policies/approved-regions.json", regions),
        ("policies/own-organization-only.json", perimeter),
        ("scenarios/guardrails.json", scenario),
    ]

    private static let organization = #"""
        {
          "organization": { "id": "o-exampleorg1", "managementAccount": "management" },
          "serviceControlPolicies": {
            "DenyLeaving": { "$ref": "policies/deny-leaving.json" },
            "ApprovedRegions": { "$ref": "policies/approved-regions.json" }
          },
          "resourceControlPolicies": {
            "OwnOrganizationOnly": { "$ref": "policies/own-organization-only.json" }
          },
          "root": {
            "serviceControlPolicies": ["FullAWSAccess", "DenyLeaving"],
            "resourceControlPolicies": ["RCPFullAWSAccess", "OwnOrganizationOnly"],
            "accounts": { "management": { "id": "111111111111" } },
            "organizationalUnits": {
              "Workloads": {
                "serviceControlPolicies": ["FullAWSAccess", "ApprovedRegions"],
                "accounts": {
                  "shop": {
                    "id": "222222222222",
                    "iam": {
                      "roles": {
                        "Deploy": {
                          "trustPolicy": {
                            "Version": "2012-10-17",
                            "Statement": [
                              {
                                "Effect": "Allow",
                                "Principal": { "Service": "codebuild.amazonaws.com" },
                                "Action": "sts:AssumeRole"
                              }
                            ]
                          },
                          "managedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"]
                        }
                      }
                    },
                    "resources": {
                      "arn:aws:s3:::shop-orders": {
                        "policy": {
                          "Version": "2012-10-17",
                          "Statement": [
                            {
                              "Sid": "Partner",
                              "Effect": "Allow",
                              "Principal": { "AWS": "arn:aws:iam::999999999999:root" },
                              "Action": "s3:GetObject",
                              "Resource": "arn:aws:s3:::shop-orders/*"
                            }
                          ]
                        }
                      }
                    }
                  }
                }
              }
            }
          },
          "externalAccounts": {
            "partner": {
              "id": "999999999999",
              "iam": {
                "users": {
                  "pat": {
                    "inlinePolicies": {
                      "orders": {
                        "Version": "2012-10-17",
                        "Statement": [
                          { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }
                        ]
                      }
                    }
                  }
                }
              }
            }
          }
        }

        """#

    private static let leaving = #"""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "StayInTheOrganization",
              "Effect": "Deny",
              "Action": "organizations:LeaveOrganization",
              "Resource": "*"
            }
          ]
        }

        """#

    private static let regions = #"""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "ApprovedRegionsOnly",
              "Effect": "Deny",
              "NotAction": [
                "account:*",
                "billing:*",
                "budgets:*",
                "ce:*",
                "cloudfront:*",
                "cur:*",
                "health:*",
                "iam:*",
                "organizations:*",
                "route53:*",
                "route53domains:*",
                "shield:*",
                "sts:*",
                "support:*",
                "tax:*",
                "trustedadvisor:*",
                "waf:*"
              ],
              "Resource": "*",
              "Condition": {
                "StringNotEquals": { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] }
              }
            }
          ]
        }

        """#

    private static let perimeter = #"""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "OnlyPrincipalsOfTheOrganization",
              "Effect": "Deny",
              "Principal": "*",
              "Action": "s3:*",
              "Resource": "*",
              "Condition": {
                "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-exampleorg1" },
                "BoolIfExists": { "aws:PrincipalIsAWSService": "false" }
              }
            }
          ]
        }

        """#

    private static let scenario = #"""
        {
          "scenario": "Guardrails",
          "description": "What must hold whatever changes.",
          "tags": ["guardrail"],
          "organization": "../organization.json",
          "defaults": {
            "principal": "shop:role/Deploy",
            "context": { "aws:RequestedRegion": "eu-central-1" }
          },
          "steps": [
            {
              "name": "the deployment role works at home",
              "action": ["ec2:RunInstances", "lambda:CreateFunction"],
              "expect": "allowed"
            },
            {
              "name": "and nowhere else",
              "action": "ec2:RunInstances",
              "context": { "aws:RequestedRegion": "us-east-1" },
              "expect": "explicitDeny",
              "because": { "policy": "ApprovedRegions", "target": "Root/Workloads" }
            },
            {
              "name": "global services stay usable",
              "action": "iam:ListRoles",
              "context": { "aws:RequestedRegion": "us-east-1" },
              "expect": "allowed"
            },
            {
              "name": "no account leaves the organization",
              "action": "organizations:LeaveOrganization",
              "expect": "explicitDeny",
              "because": { "policy": "DenyLeaving" }
            },
            {
              "name": "the role reads its own orders",
              "action": "s3:GetObject",
              "resource": "arn:aws:s3:::shop-orders/1",
              "expect": "allowed"
            },
            {
              "name": "a bucket policy lets the partner in, the organization does not",
              "principal": "partner:user/pat",
              "action": "s3:GetObject",
              "resource": "arn:aws:s3:::shop-orders/1",
              "expect": "explicitDeny",
              "because": {
                "policyType": "resourceControlPolicy",
                "policy": "OwnOrganizationOnly",
                "target": "Root"
              }
            },
            {
              "name": "without the guardrail the partner would get in: it is needed",
              "principal": "partner:user/pat",
              "action": "s3:GetObject",
              "resource": "arn:aws:s3:::shop-orders/1",
              "without": ["resourceControlPolicy"],
              "expect": "allowed"
            }
          ]
        }

        """#
}
