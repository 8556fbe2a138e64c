import CommandLineTool
import JSONSource
import Testing

/// What `--coverage --format json` says of a few files, by the names of what is counted.
struct CoverageRun {
    let run: ToolRun
    /// How often each statement decided, by its Sid.
    private(set) var statements: [String: Int] = [:]
    /// How often each condition held and failed, by the Sid of its statement and its text.
    private(set) var conditions: [String: [Int]] = [:]
    /// How often something decided at each place.
    private(set) var places: [String: Int] = [:]

    init(_ files: [String: String], _ options: String...) throws {
        let folder = try TemporaryFolder(files)
        run = orgsim(["test", "--coverage", "--format", "json"] + options + [folder.path])
        let coverage = try #require(try run.json()["coverage"], "\(run.errors)")
        for file in coverage["files"]?.elements ?? [] {
            for statement in file["statements"]?.elements ?? [] {
                let name = try #require(statement["statement"]?.string)
                statements[name, default: 0] += try #require(statement["decided"]?.integer)
            }
            for condition in file["conditions"]?.elements ?? [] {
                let statement = try #require(condition["statement"]?.string)
                let text = try #require(condition["condition"]?.string)
                let counts = [
                    try #require(condition["held"]?.integer),
                    try #require(condition["failed"]?.integer),
                ]
                // A statement that is written twice counts as one here.
                let known = conditions["\(statement) \(text)"] ?? [0, 0]
                conditions["\(statement) \(text)"] = zip(known, counts).map { $0 + $1 }
            }
            for place in file["places"]?.elements ?? [] {
                let name = try #require(place["place"]?.string)
                places[name, default: 0] += try #require(place["decided"]?.integer)
            }
        }
    }

    /// A scenario on `org.json` in the file `s.json`, with the organization.
    init(_ organization: String, steps: String..., options: [String] = []) throws {
        try self.init([
            "org.json": organization,
            "s.json": Self.scenario(steps.joined(separator: ",\n")),
        ])
        #expect(run.exitCode == .success, "\(run.output)\(run.errors)")
    }

    static func scenario(_ steps: String, on organization: String = #""org.json""#) -> String {
        #"{ "scenario": "S", "organization": \#(organization), "steps": [\#(steps)] }"#
    }
}

extension JSONValue {
    /// A whole number.
    fileprivate var integer: Int? {
        if case .number(let text) = content { Int(text) } else { nil }
    }
}

/// Parts of organizations that coverage is counted of.
enum CoverageWorld {
    /// An organization of two units with an account each, `app` and `lab`.
    static func organization(
        policies: String = "",
        rcps: String = "",
        root: String = #""FullAWSAccess""#,
        one: String = #""FullAWSAccess""#,
        two: String = #""FullAWSAccess""#,
        app: String = "",
        lab: String = "",
        more: String = ""
    ) -> String {
        #"""
        {
          "organization": { "managementAccount": "main" },
          "serviceControlPolicies": { \#(policies) },
          "resourceControlPolicies": { \#(rcps) },
          "root": {
            "serviceControlPolicies": [\#(root)],
            "accounts": { "main": { "id": "100000000001" } },
            "organizationalUnits": {
              "One": {
                "serviceControlPolicies": [\#(one)],
                "accounts": { "app": { "id": "100000000002" \#(app) } }
              },
              "Two": {
                "serviceControlPolicies": [\#(two)],
                "accounts": { "lab": { "id": "100000000003" \#(lab) } }
              }
            }
          }
          \#(more)
        }
        """#
    }

    static func policy(_ statements: String...) -> String {
        #"{ "Version": "2012-10-17", "Statement": [\#(statements.joined(separator: ", "))] }"#
    }

    /// A policy of one or more statements with its name.
    static func named(_ name: String, _ statements: String...) -> String {
        let list = statements.joined(separator: ", ")
        return #""\#(name)": { "Version": "2012-10-17", "Statement": [\#(list)] }"#
    }

    static func statement(
        _ sid: String,
        _ effect: String,
        _ action: String,
        on resource: String? = "*",
        to principal: String? = nil,
        if condition: String? = nil
    ) -> String {
        let parts = [
            #""Sid": "\#(sid)", "Effect": "\#(effect)", "Action": "\#(action)""#,
            resource.map { #""Resource": "\#($0)""# },
            principal.map { #""Principal": \#($0)"# },
            condition.map { #""Condition": { \#($0) }"# },
        ]
        return "{ " + parts.compactMap { $0 }.joined(separator: ", ") + " }"
    }

    static let region = #""StringEquals": { "aws:RequestedRegion": "eu-west-1" }"#

    /// A user ann with one inline policy of one statement.
    static func ann(_ statement: String, more: String = "") -> String {
        #"""
        , "iam": { "users": { "ann": { "inlinePolicies": { "own": \#(policy(statement)) } \#(more) } } }
        """#
    }

    static let everything = statement("All", "Allow", "*")

    static func step(
        _ action: String,
        _ expected: String,
        by principal: String = "app:user/ann",
        on resource: String = "*",
        more: String = ""
    ) -> String {
        #"""
        { "principal": "\#(principal)", "action": "\#(action)", "resource": "\#(resource)",
          "expect": "\#(expected)" \#(more) }
        """#
    }

    static func context(_ keys: String) -> String { #", "context": { \#(keys) }"# }
}
