import JSONSource
import PolicyLanguage
import ServiceCatalog
import Testing

@Suite struct AWSManagedPoliciesTests {
    @Test("all AWS managed policies are carried, the most used under their ARNs")
    func carriesPolicies() {
        let arns = AWSManagedPolicies.arns
        #expect(arns.count == 1_582)
        #expect(arns == arns.sorted())
        #expect(
            Set(arns).isSuperset(of: [
                "arn:aws:iam::aws:policy/AdministratorAccess",
                "arn:aws:iam::aws:policy/ReadOnlyAccess",
                "arn:aws:iam::aws:policy/SecurityAudit",
                "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
                "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy",
                "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
                "arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy",
            ])
        )
    }

    @Test("a document is AWS's own")
    func document() {
        #expect(
            AWSManagedPolicies.document("arn:aws:iam::aws:policy/AdministratorAccess")
                == #"{"Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}],"#
                + #""Version":"2012-10-17"}"#
        )
    }

    @Test(
        "an ARN that is none is not found; ARNs are compared with regard to case",
        arguments: [
            "arn:aws:iam::aws:policy/administratoraccess",
            "arn:aws:iam::aws:policy/NoSuchAccess",
            "arn:aws:iam::aws:policy/ViewOnlyAccess",
            "arn:aws:iam::aws:policy",
            "AdministratorAccess",
            "",
        ]
    )
    func unknown(arn: String) {
        #expect(AWSManagedPolicies.document(arn) == nil)
    }

    @Test("the nearest policy has the same name under another path, or nearly the name")
    func nearest() {
        #expect(
            AWSManagedPolicies.nearest(to: "arn:aws:iam::aws:policy/ViewOnlyAccess")
                == "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"
        )
        #expect(
            AWSManagedPolicies.nearest(to: "arn:aws:iam::aws:policy/AdministratorAcess")
                == "arn:aws:iam::aws:policy/AdministratorAccess"
        )
        // Behind the thousandth name.
        #expect(
            AWSManagedPolicies.nearest(to: "arn:aws:iam::aws:policy/SecurityAudti")
                == "arn:aws:iam::aws:policy/SecurityAudit"
        )
    }

    @Test("every policy is an identity policy without a mistake")
    func policiesParse() throws {
        var refused: [String] = []
        for arn in AWSManagedPolicies.arns {
            let text = try #require(AWSManagedPolicies.document(arn))
            let json = JSONParser.parse(Array(text.utf8), file: 0)
            let value = try #require(json.value, "\(arn)")
            let parsed = PolicyParser.parse(value, as: .identity)
            let problems = (json.diagnostics + parsed.diagnostics).map(\.message)
            if parsed.value == nil || !problems.isEmpty { refused.append("\(arn) \(problems)") }
        }
        #expect(refused == [])
    }
}
