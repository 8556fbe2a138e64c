import CommandLineTool
import JSONSource
import Testing

/// Trust policies, permission sets and questions about everybody.
@Suite("coverage: sessions and questions")
struct CoverageSessionTests {
    private typealias World = CoverageWorld

    private static let roles = #"""
        , "iam": {
          "users": { "ann": { "inlinePolicies": { "own": \#(World.policy(World.everything)) } } },
          "roles": {
            "Deploy": {
              "trustPolicy": \#(World.policy(World.statement(
                "Enter",
                "Allow",
                "sts:AssumeRole",
                on: nil,
                to: #"{ "AWS": "arn:aws:iam::100000000002:user/ann" }"#
              ))),
              "inlinePolicies": { "do": \#(World.policy(World.statement("Do", "Allow", "s3:*"))) }
            }
          }
        }
        """#

    @Test("a role used directly decides nothing about its trust policy, assuming it does (STS-1)")
    func trust() throws {
        let organization = World.organization(app: Self.roles)
        let use = World.step(
            "s3:GetObject",
            "allowed",
            by: "app:role/Deploy",
            on: "arn:aws:s3:::b/x"
        )
        let run = try CoverageRun(organization, steps: use)
        #expect(run.statements == ["All": 0, "Enter": 0, "Do": 1])
        #expect(run.places["trust policy of app:role/Deploy"] == 0)
        #expect(run.places["do on app:role/Deploy"] == 1)
        let entered = try CoverageRun(
            organization,
            steps: #"""
                { "principal": "app:user/ann", "assumeRole": { "role": "app:role/Deploy" },
                  "expect": "allowed", "saveAs": "session" }
                """#,
            World.step("s3:GetObject", "allowed", by: "$session", on: "arn:aws:s3:::b/x")
        )
        #expect(entered.statements["Enter"] == 1)
        #expect(entered.places["trust policy of app:role/Deploy"] == 1)
        #expect(entered.places["do on app:role/Deploy"] == 1)
    }

    private static let center = #"""
        , "identityCenter": {
          "users": { "ann": { "groups": ["Devs"] }, "bob": {} },
          "groups": { "Devs": {} },
          "permissionSets": {
            "Work": { "inlinePolicy": \#(World.policy(World.statement("Do", "Allow", "s3:*"))),
                      "managedPolicies": ["arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"] }
          },
          "assignments": [
            { "permissionSet": "Work", "group": "Devs", "organizationalUnits": ["Root/One"] },
            { "permissionSet": "Work", "user": "bob", "accounts": ["app", "lab"] }
          ]
        }
        """#

    @Test("a permission set counts by what its role may do, an assignment by its people (IDC-3)")
    func permissionSet() throws {
        let organization = World.organization(more: Self.center)
        let run = try CoverageRun(
            organization,
            steps: World.step(
                "s3:GetObject",
                "allowed",
                by: "sso:ann/Work@app",
                on: "arn:aws:s3:::b/x"
            )
        )
        #expect(run.statements == ["Do": 1])
        let places = run.places.filter { !$0.key.hasPrefix("FullAWSAccess") }
        #expect(
            places == [
                "permission set Work": 1,
                "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess in permission set Work": 0,
                "permission set Work for group Devs in Root/One": 1,
                "permission set Work for user bob in app": 0,
                "permission set Work for user bob in lab": 0,
            ]
        )
    }

    @Test("signing in decides the assignment, and nothing about the permission set")
    func signIn() throws {
        let run = try CoverageRun(
            World.organization(more: Self.center),
            steps: #"""
                { "signIn": { "user": "bob", "permissionSet": "Work", "account": "lab" },
                  "expect": "allowed" }
                """#
        )
        #expect(run.places["permission set Work for user bob in lab"] == 1)
        #expect(run.places["permission set Work for user bob in app"] == 0)
        #expect(run.places["permission set Work"] == 0)
    }

    @Test("an exact list asks about everybody, another one about whom it names")
    func whoCan() throws {
        let organization = World.organization(
            policies: World.named("P", World.statement("Keep", "Deny", "s3:Delete*")),
            two: #""FullAWSAccess", "P""#,
            app: World.ann(World.everything),
            lab: World.ann(World.statement("Lab", "Allow", "s3:*"))
        )
        func ask(_ expected: String) -> String {
            #"""
            { "whoCan": { "action": "s3:DeleteBucket", "resource": "arn:aws:s3:::b" }, \#(expected) }
            """#
        }
        let exact = try CoverageRun(organization, steps: ask(#""expect": ["app:user/ann"]"#))
        #expect(exact.statements == ["Keep": 1, "All": 1, "Lab": 0])
        let included = try CoverageRun(
            organization,
            steps: ask(#""expectIncludes": ["app:user/ann"]"#)
        )
        #expect(included.statements == ["Keep": 0, "All": 1, "Lab": 0])
        let excluded = try CoverageRun(
            organization,
            steps: ask(#""expectExcludes": ["lab:user/ann"]"#)
        )
        #expect(excluded.statements == ["Keep": 1, "All": 0, "Lab": 0])
    }

    @Test("who may by way of a role decides its trust policy")
    func chained() throws {
        let run = try CoverageRun(
            World.organization(
                app: Self.roles.replacing(
                    World.policy(World.everything),
                    with: World.policy(World.statement("Go", "Allow", "sts:AssumeRole"))
                )
            ),
            steps: #"""
                { "whoCan": { "action": "s3:GetObject", "resource": "arn:aws:s3:::b/x",
                              "chained": true },
                  "expect": ["app:user/ann", "app:role/Deploy"] }
                """#
        )
        #expect(run.statements == ["Enter": 1, "Go": 0, "Do": 2])
    }

    @Test("of a question about very many callers the first thousand are followed, and it is told")
    func cut() throws {
        let users = (0..<1_001).map { #""u\#($0)": {}"# }.joined(separator: ", ")
        let organization = World.organization(app: #", "iam": { "users": { \#(users) } }"#)
        let step = #"{ "whoCan": { "action": "s3:ListAllMyBuckets" }, "expect": [] }"#
        let folder = try TemporaryFolder([
            "org.json": organization, "s.json": CoverageRun.scenario(step),
        ])
        let run = orgsim(["test", "--coverage", folder.path])
        #expect(
            run.output.contains(
                "  1 question about everybody concerns more callers than the 1000 that are followed"
            ),
            "\(run.output)"
        )
        #expect(run.exitCode == .success, "\(run.errors)")
    }
}
