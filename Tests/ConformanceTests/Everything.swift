/// Files with every member that the formats have, which load without an error.
enum Everything {
    static let organization = #"""
        {
          "$schema": "organization.schema.json",
          "missing": ["errors.tsv: 'aws sns list-topics' failed"],
          "organization": {
            "id": "o-exampleorg1", "managementAccount": "management", "featureSet": "ALL"
          },
          "serviceControlPolicies": {
            "Leave": {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Sid": "Stay", "Effect": "Deny", "Action": "organizations:LeaveOrganization",
                  "Resource": "*"
                },
                {
                  "Effect": "Deny", "NotAction": ["iam:*", "sts:*"],
                  "NotResource": "arn:aws:s3:::free/*",
                  "Condition": {
                    "StringNotEquals": { "aws:RequestedRegion": ["eu-west-1"] },
                    "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": "x*" },
                    "Null": { "aws:SourceVpce": true }
                  }
                }
              ]
            }
          },
          "resourceControlPolicies": {
            "Own": {
              "Version": "2012-10-17",
              "Statement": {
                "Sid": "Own", "Effect": "Deny", "Principal": "*", "Action": ["s3:*"],
                "Resource": "*",
                "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-exampleorg1" } }
              }
            }
          },
          "root": {
            "id": "r-ab12",
            "serviceControlPolicies": ["FullAWSAccess"],
            "resourceControlPolicies": ["Own"],
            "accounts": { "management": { "id": "111111111111" } },
            "organizationalUnits": {
              "Workloads": {
                "id": "ou-ab12-workload1",
                "serviceControlPolicies": ["FullAWSAccess", "Leave"],
                "resourceControlPolicies": [],
                "tags": { "kind": "unit" },
                "organizationalUnits": { "Deep": { "accounts": {} } },
                "accounts": {
                  "shop": {
                    "id": "222222222222",
                    "status": "ACTIVE",
                    "tags": { "kind": "account" },
                    "serviceControlPolicies": ["FullAWSAccess"],
                    "resourceControlPolicies": [],
                    "blockPublicAccess": {
                      "blockPublicAcls": true, "ignorePublicAcls": true,
                      "blockPublicPolicy": true, "restrictPublicBuckets": false
                    },
                    "iam": {
                      "managedPolicies": {
                        "Reader": {
                          "document": {
                            "Version": "2012-10-17",
                            "Statement": [
                              { "Effect": "Allow", "Action": "s3:Get*", "Resource": "*" }
                            ]
                          },
                          "path": "/team/", "tags": { "kind": "policy" }
                        },
                        "Bound": {
                          "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }]
                        }
                      },
                      "users": {
                        "alice": {
                          "path": "/", "groups": ["Analysts"],
                          "inlinePolicies": {
                            "own": {
                              "Statement": [
                                { "Effect": "Allow", "Action": "s3:*", "Resource": "*" },
                                { "Effect": "Allow", "Action": "sts:*", "Resource": "*" }
                              ]
                            }
                          },
                          "managedPolicies": ["Reader"], "permissionsBoundary": "Bound",
                          "tags": { "team": "data" },
                          "accessKeys": [
                            {
                              "id": "AKIAEXAMPLE111111111", "status": "Active",
                              "created": "2026-01-01T00:00:00Z", "lastUsed": "2026-01-02T00:00:00Z"
                            }
                          ],
                          "mfaDevices": ["arn:aws:iam::222222222222:mfa/alice"],
                          "uniqueId": "AIDAEXAMPLE123456789",
                          "password": {
                            "lastChanged": "2026-01-01T00:00:00Z",
                            "lastUsed": "2026-01-02T00:00:00Z"
                          }
                        }
                      },
                      "groups": {
                        "Analysts": { "path": "/", "managedPolicies": [], "inlinePolicies": {} }
                      },
                      "roles": {
                        "Deploy": {
                          "path": "/", "managedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"],
                          "inlinePolicies": {}, "permissionsBoundary": "Bound",
                          "maxSessionDuration": 7200, "tags": { "team": "data" },
                          "serviceLinked": false, "lastUsed": "2026-01-02T00:00:00Z",
                          "uniqueId": "AROAEXAMPLE123456789",
                          "trustPolicy": {
                            "Version": "2012-10-17", "Id": "trust",
                            "Statement": [
                              {
                                "Sid": "Users", "Effect": "Allow",
                                "Principal": {
                                  "AWS": ["arn:aws:iam::222222222222:root"],
                                  "Service": "lambda.amazonaws.com"
                                },
                                "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
                                "Condition": { "Bool": { "aws:SecureTransport": "true" } }
                              },
                              {
                                "Effect": "Allow",
                                "Principal": {
                                  "Federated": [
                                    "arn:aws:iam::222222222222:saml-provider/corp",
                                    "arn:aws:iam::222222222222:oidc-provider/idp.example"
                                  ]
                                },
                                "Action": [
                                  "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity",
                                  "sts:TagSession", "sts:SetSourceIdentity"
                                ]
                              },
                              {
                                "Effect": "Deny", "Principal": { "AWS": "999999999999" },
                                "NotAction": "sts:TagSession"
                              }
                            ]
                          }
                        }
                      },
                      "instanceProfiles": {
                        "web": { "role": "Deploy", "path": "/", "tags": { "kind": "profile" } }
                      },
                      "samlProviders": {
                        "corp": { "tags": { "kind": "saml" }, "validUntil": "2030-01-01T00:00:00Z" }
                      },
                      "oidcProviders": {
                        "idp.example": {
                          "audiences": ["app"], "tags": { "kind": "oidc" }, "thumbprints": ["00"]
                        }
                      },
                      "passwordPolicy": {
                        "minimumPasswordLength": 14, "requireSymbols": true,
                        "requireNumbers": true, "requireUppercaseCharacters": true,
                        "requireLowercaseCharacters": true, "allowUsersToChangePassword": true,
                        "maxPasswordAge": 90, "passwordReusePrevention": 5, "hardExpiry": false,
                        "expirePasswords": true
                      },
                      "accountAlias": "acme-shop",
                      "root": {
                        "credentials": true, "mfa": true,
                        "accessKeys": [{ "id": "AKIAEXAMPLE222222222" }]
                      }
                    },
                    "unlistedResources": {
                      "arn:aws:sns:*:222222222222:*": {
                        "policy": { "$missing": "the export is not about other Regions" },
                        "listedServices": ["sns"], "listedRegions": ["eu-west-1"]
                      }
                    },
                    "resources": {
                      "arn:aws:s3:::shop-lost": {
                        "policy": { "$missing": "get-bucket-policy failed with AccessDenied" },
                        "tags": { "$missing": "get-bucket-tagging failed with AccessDenied" },
                        "blockPublicAccess": { "$missing": "the call failed" }
                      },
                      "arn:aws:kms:eu-west-1:222222222222:key/k2": {
                        "grants": { "$missing": "list-grants failed with AccessDenied" }
                      },
                      "orders": {
                        "arn": "arn:aws:s3:::shop-orders", "region": "eu-west-1",
                        "tags": { "class": "internal" },
                        "blockPublicAccess": { "blockPublicAcls": true },
                        "policy": {
                          "Version": "2012-10-17", "Id": "orders",
                          "Statement": [
                            {
                              "Sid": "All of us", "Effect": "Allow", "Principal": "*",
                              "Action": "s3:GetObject", "Resource": "arn:aws:s3:::shop-orders/*",
                              "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-exampleorg1" } }
                            },
                            {
                              "Effect": "Deny", "NotPrincipal": { "AWS": "222222222222" },
                              "NotAction": "s3:GetObject",
                              "NotResource": "arn:aws:s3:::shop-orders/open/*"
                            }
                          ]
                        }
                      },
                      "arn:aws:s3:::shop-site": {
                        "policy": {
                          "Version": "2012-10-17",
                          "Statement": [
                            {
                              "Effect": "Allow",
                              "Principal": { "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" },
                              "Action": "s3:GetObject", "Resource": "arn:aws:s3:::shop-site/*"
                            }
                          ]
                        }
                      },
                      "arn:aws:kms:eu-west-1:222222222222:key/k1": {
                        "grants": [
                          {
                            "name": "backup",
                            "granteePrincipal": "arn:aws:iam::222222222222:role/Deploy",
                            "retiringPrincipal": "arn:aws:iam::222222222222:role/Deploy",
                            "operations": ["Decrypt"],
                            "constraints": {
                              "encryptionContextEquals": { "a": "b" },
                              "encryptionContextSubset": { "a": "b" },
                              "sourceArn": "arn:aws:s3:::shop-orders"
                            }
                          },
                          {
                            "granteeServicePrincipal": "dynamodb.amazonaws.com",
                            "operations": ["Decrypt", "CreateGrant"],
                            "sourceArn": "arn:aws:dynamodb:eu-west-1:222222222222:table/t"
                          }
                        ]
                      },
                      "arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint/vpce-1": {
                        "vpc": "vpc-1", "vpcEndpointType": "Gateway",
                        "policy": {
                          "Version": "2012-10-17", "Id": "door",
                          "Statement": [
                            { "Sid": "x", "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }
                          ]
                        }
                      }
                    }
                  }
                }
              }
            },
            "tags": { "kind": "root" },
            "policyTypes": ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY"]
          },
          "identityCenter": {
            "instance": "ssoins-7223aa11bb22cc33", "region": "eu-west-1", "account": "management",
            "missingAssignments": "list-users.json is not in the export",
            "users": {
              "ann": { "groups": ["Engineers"], "attributes": { "costCenter": "12" } }
            },
            "groups": { "Engineers": { "description": "Engineers" } },
            "permissionSets": {
              "Developer": {
                "managedPolicies": ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
                "customerManagedPolicies": [{ "name": "Reader", "path": "/team/" }],
                "inlinePolicy": {
                  "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }]
                },
                "permissionsBoundary": {
                  "customerManagedPolicy": { "name": "Bound", "path": "/" }
                },
                "sessionDuration": "PT4H", "description": "Developers",
                "relayState": "https://console.aws.amazon.com/s3", "tags": { "kind": "set" }
              },
              "Auditor": {
                "inlinePolicy": {},
                "permissionsBoundary": {
                  "managedPolicy": "arn:aws:iam::aws:policy/PowerUserAccess"
                }
              }
            },
            "assignments": [
              {
                "permissionSet": "Developer", "group": "Engineers", "accounts": ["shop"],
                "roleSuffix": "0123456789abcdef", "uniqueId": "AROAEXAMPLE987654321"
              },
              { "permissionSet": "Auditor", "user": "ann", "organizationalUnits": ["Root/Workloads"] }
            ],
            "attributesForAccessControl": { "CostCenter": "${user:costCenter}" }
          },
          "externalAccounts": {
            "vendor": { "id": "999999999999", "organizationId": "o-otherorg001" }
          },
          "awsManagedPolicies": {
            "arn:aws:iam::aws:policy/Newest": {
              "document": {
                "Version": "2012-10-17",
                "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }]
              }
            },
            "arn:aws:iam::aws:policy/Newer": {
              "Version": "2012-10-17",
              "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }]
            }
          },
          "trustedAccess": ["sso.amazonaws.com"],
          "delegatedAdministrators": { "sso.amazonaws.com": ["shop"] },
          "centralizedRootAccess": { "rootCredentialsManagement": true, "rootSessions": true }
        }
        """#

    /// On `organization.json`, the file above.
    static let scenario = #"""
        {
          "$schema": "scenario.schema.json",
          "scenario": "Everything",
          "description": "Every member a scenario may have.",
          "tags": ["all"],
          "organization": ["organization.json", { "trustedAccess": null }],
          "clock": "2026-02-01T00:00:00Z",
          "defaults": {
            "principal": "shop:user/alice",
            "resource": "arn:aws:s3:::shop-orders/1",
            "context": { "aws:RequestedRegion": "eu-west-1", "aws:PrincipalTag/x": "y" },
            "overrideContext": true
          },
          "steps": [
            {
              "name": "everything about a request",
              "principal": ["shop:user/alice", { "service": "s3.amazonaws.com", "sourceAccount": "shop", "sourceArn": "arn:aws:s3:::shop-orders" }],
              "action": ["s3:GetObjectAcl", "s3:PutObject"],
              "resource": ["arn:aws:s3:::shop-orders/1"],
              "context": { "aws:SourceIp": "203.0.113.9", "aws:TagKeys": ["a", "b"], "aws:UserAgent": null },
              "overrideContext": true,
              "resourceAccount": "shop",
              "viaService": "athena.amazonaws.com",
              "without": ["vpcEndpointPolicy", "resourceControlPolicy"],
              "unknownKeys": ["aws:SourceVpc"],
              "expect": "denied",
              "because": [
                { "kind": "explicitDeny", "policyType": "resourcePolicy" }
              ],
              "blockedBy": ["resourcePolicy"]
            },
            {
              "overrideContext": true,
              "action": "s3:GetObject", "through": "arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint/vpce-1",
              "expect": "allowed",
              "because": {
                "policyType": "identityPolicy", "policy": "own", "statement": 0,
                "target": "shop:user/alice", "kind": "allow"
              }
            },
            {
              "overrideContext": true,
              "name": "a role", "principal": "shop:user/alice",
              "assumeRole": {
                "role": "shop:role/Deploy", "roleSessionName": "review", "externalId": "x-1",
                "serialNumber": "arn:aws:iam::222222222222:mfa/alice", "mfa": true,
                "policy": { "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] },
                "policyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"],
                "durationSeconds": 3600, "tags": { "a": "b" }, "transitiveTagKeys": ["a"],
                "sourceIdentity": "alice",
                "context": { "aws:SourceIp": "203.0.113.9" }, "overrideContext": false
              },
              "saveAs": "deploy", "expect": "allowed"
            },
            {
              "overrideContext": true,
              "assumeRoleWithSAML": {
                "role": "shop:role/Deploy", "roleSessionName": "saml",
                "provider": "arn:aws:iam::222222222222:saml-provider/corp",
                "audience": "https://signin.aws.amazon.com/saml", "subject": "ann",
                "claims": { "uid": "ann", "mail": ["a@example.com"] }
              },
              "expect": "allowed"
            },
            {
              "overrideContext": true,
              "assumeRoleWithWebIdentity": {
                "role": "shop:role/Deploy",
                "provider": "arn:aws:iam::222222222222:oidc-provider/idp.example",
                "audience": "app", "subject": "ann"
              },
              "expect": "allowed"
            },
            {
              "overrideContext": true,
              "getSessionToken": {
                "durationSeconds": 3600,
                "serialNumber": "arn:aws:iam::222222222222:mfa/alice", "mfa": true
              },
              "expect": "allowed"
            },
            {
              "overrideContext": true,
              "getFederationToken": { "name": "app", "tags": { "a": "b" }, "durationSeconds": 3600 },
              "expect": "allowed"
            },
            {
              "overrideContext": true,
              "principal": "management:root",
              "assumeRoot": {
                "targetPrincipal": "shop",
                "taskPolicyArn": "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy",
                "durationSeconds": 900
              },
              "expect": "denied"
            },
            {
              "overrideContext": true,
              "signIn": { "user": "ann", "permissionSet": "Developer", "account": "shop" },
              "expect": "allowed"
            },
            {
              "overrideContext": true,
              "name": "everybody",
              "whoCan": {
                "action": "s3:GetObject", "resource": "arn:aws:s3:::shop-orders/1",
                "chained": true, "include": ["root", "anonymous", "service:s3.amazonaws.com"]
              },
              "expectIncludes": ["shop:user/alice"],
              "expectExcludes": ["anonymous"],
              "context": { "aws:PrincipalTag/x": null }
            },
            {
              "name": "changes",
              "change": [
                { "createOrganizationalUnit": "Root/New" },
                {
                  "createAccount": "fresh", "id": "333333333333", "to": "Root/New", "iam": {},
                  "resources": {}, "tags": { "a": "b" }, "blockPublicAccess": {}
                },
                { "putPolicy": "serviceControlPolicy", "name": "Late", "document": { "Version": "2012-10-17", "Statement": [] } },
                { "attachPolicy": "Leave", "target": "Root/New" },
                { "detachPolicy": "Leave", "target": "Root/New" },
                { "deletePolicy": "serviceControlPolicy", "name": "Late" },
                { "moveAccount": "fresh", "to": "Root" },
                { "put": "/iam/roles/New", "account": "fresh", "value": { "trustPolicy": { "Version": "2012-10-17", "Statement": [] } } },
                { "delete": "/iam/roles/New", "account": "fresh" },
                { "tag": "fresh", "tags": { "c": "d" } },
                { "untag": "fresh", "keys": ["c"] },
                { "assign": { "permissionSet": "Auditor", "user": "ann", "accounts": ["fresh"] } },
                { "unassign": { "permissionSet": "Auditor", "user": "ann", "accounts": ["fresh"] } },
                { "removeAccount": "fresh" },
                { "closeAccount": "shop" }
              ]
            },
            { "change": { "moveAccount": "management", "to": "Root/Nowhere" }, "expect": "refused" },
            { "name": "later", "advance": "PT2H" },
            { "name": "then", "at": "2026-03-01T00:00:00Z" }
          ]
        }
        """#
}
