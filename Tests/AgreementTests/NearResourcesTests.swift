import Authorization
import JSONSource
import OrganizationModel
import PolicyLanguage
import Reports
import Scenarios
import Testing

/// Resources that share a policy, an owner or a beginning, asked about one after the other.
@Suite struct NearResourcesTests {
    private static let now = Instant(seconds: 1_790_000_000)
    private static let callers = [
        "one:role/Admin", "one:role/Tagged", "one:role/Plain", "two:role/Admin", "one:root",
    ]

    /// RBP-3, RES-7, KMS-1: whichever was met first, each is answered as if it were alone.
    @Test("near resources are told apart", arguments: questions)
    func toldApart(question: Question) throws {
        let engine = try Self.engine()
        let lines = Self.callers.flatMap { caller in
            question.resources.flatMap { resource in
                ["", #","resourceAccount":"one""#, #","resourceAccount":"two""#].map { owner in
                    #"{"principal":"\#(caller)","action":"\#(question.action)","#
                        + #""resource":"\#(resource)"\#(owner)}"#
                }
            }
        }
        let alone = lines.map { line in
            DecisionJSON.line(
                RequestLine(Array(line.utf8), engine: engine, at: Self.now),
                number: 1
            )
        }
        #expect(Set(alone).count >= question.answers)
        let there = Array(zip(lines, alone))
        for order in [there + there.reversed(), there.reversed() + there] {
            var reader = RequestLineReader(engine: engine, at: Self.now)
            var answers = AnswerLines()
            for (line, expected) in order {
                var writer = JSONWriter()
                let isRequest = Array(line.utf8).withUnsafeBytes {
                    answers.write(answerTo: $0, number: 1, by: &reader, to: &writer)
                }
                #expect(isRequest)
                #expect(String(decoding: writer.bytes, as: UTF8.self) == expected, "\(line)")
            }
        }
    }

    struct Question: Sendable {
        let action: String
        let resources: [String]
        /// So many different answers there are at least.
        let answers: Int
    }

    private static let questions = [
        Question(
            action: "s3:GetObject",
            resources: ["near/k", "near/k/l", "near", "near-closed/k", "near-silent/k", "else/k"]
                .map { "arn:aws:s3:::\($0)" } + ["*"],
            answers: 12
        ),
        Question(
            action: "s3:ListAllMyBuckets",
            resources: ["*", "arn:aws:s3:::near"],
            answers: 6
        ),
        Question(
            action: "sqs:SendMessage",
            resources: ["222222222222:jobs", "222222222222:jobs-2", "111111111111:jobs"]
                .map { "arn:aws:sqs:eu-west-1:\($0)" },
            answers: 8
        ),
        Question(
            action: "lambda:InvokeFunction",
            resources: ["f", "f:live", "f:1"]
                .map { "arn:aws:lambda:eu-west-1:222222222222:function:\($0)" },
            answers: 6
        ),
        Question(
            action: "kms:Decrypt",
            resources: ["222222222222:key/a", "222222222222:key/b", "111111111111:key/a"]
                .map { "arn:aws:kms:eu-west-1:\($0)" },
            answers: 8
        ),
        Question(
            action: "sts:AssumeRole",
            resources: [
                "222222222222:role/Open", "222222222222:role/No", "111111111111:role/Plain",
            ]
            .map { "arn:aws:iam::\($0)" },
            answers: 6
        ),
    ]
}

extension NearResourcesTests {
    private static func engine() throws -> Engine {
        let parsed = JSONParser.parse(Array(organization.utf8), file: 0)
        let loaded = OrganizationLoader.load(try #require(parsed.value))
        return Engine(try #require(loaded.value, "\(loaded.diagnostics)"))
    }

    private static let trust = #""trustPolicy":\#(allow("sts:AssumeRole", to: "111111111111"))"#

    /// A statement on its resource, a role or everything.
    private static func allow(_ action: String, to principal: String) -> String {
        let resource = action.hasPrefix("sts:") ? "" : #","Resource":"*""#
        return #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","#
            + #""Principal":{"AWS":"\#(principal)"},"Action":"\#(action)"\#(resource)}}"#
    }

    private static func role(_ condition: String = "") -> String {
        #"{\#(trust),"inlinePolicies":{"all":{"Version":"2012-10-17","Statement":{"#
            + #""Effect":"Allow","Action":"*","Resource":"*"\#(condition)}}}}"#
    }

    private static let organization = """
        {"organization":{"id":"o-near000001","managementAccount":"main","featureSet":"ALL"},
         "root":{"id":"r-near","accounts":{
          "main":{"id":"999999999999"},
          "one":{"id":"111111111111","iam":{"roles":{
           "Admin":\(role()),
           "Tagged":\(role(#","Condition":{"StringEquals":{"aws:ResourceTag/team":"red"}}"#)),
           "Plain":{\(trust)}}}},
          "two":{"id":"222222222222",
           "iam":{"roles":{"Admin":\(role()),"Open":{\(trust),"tags":{"team":"red"}}}},
           "resources":{
            "arn:aws:s3:::near":{"policy":\(allow("s3:*", to: "*")),"tags":{"team":"red"}},
            "arn:aws:s3:::near-closed":{"policy":\(allow("s3:*", to: "*")),
             "blockPublicAccess":{"restrictPublicBuckets":true}},
            "arn:aws:s3:::near-silent":{},
            "arn:aws:sqs:eu-west-1:222222222222:jobs":{"tags":{"team":"red"},
             "policy":\(allow("sqs:*", to: "111111111111"))},
            "arn:aws:sqs:eu-west-1:222222222222:jobs-2":{"tags":{"team":"blue"}},
            "arn:aws:lambda:eu-west-1:222222222222:function:f":{
             "policy":\(allow("lambda:*", to: "111111111111"))},
            "arn:aws:lambda:eu-west-1:222222222222:function:f:live":{
             "policy":\(allow("lambda:*", to: "arn:aws:iam::111111111111:role/Plain"))},
            "arn:aws:kms:eu-west-1:222222222222:key/a":{
             "policy":\(allow("kms:*", to: "111111111111"))},
            "arn:aws:kms:eu-west-1:222222222222:key/b":{"tags":{"team":"red"}}}}}}}
        """
}
