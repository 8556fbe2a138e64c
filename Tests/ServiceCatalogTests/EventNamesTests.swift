import PolicyLanguage
import ServiceCatalog
import Testing

/// The tables of CloudTrail's names held against the catalog.
@Suite("Names in CloudTrail records")
struct EventNamesTests {
    @Test("MSG-6, aws-exports 4.3: the tables name services and actions that exist")
    func tablesFitCatalog() throws {
        for (operation, actions) in ServiceCatalog.operations {
            let name = try #require(ActionName(operation))
            #expect(ServiceCatalog.action(name) == nil, "\(operation) is an action itself")
            for action in actions {
                let known = ActionName("\(name.service):\(action)").flatMap {
                    ServiceCatalog.action($0)
                }
                #expect(known?.name == action, "\(operation): \(action)")
            }
        }
        for (source, prefix) in ServiceCatalog.prefixesOfSources {
            #expect(ServiceCatalog.service(prefix) != nil, "\(source)")
        }
        for service in ServiceCatalog.servicesOfXML {
            #expect(ServiceCatalog.service(service) != nil, "\(service)")
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let event: String
        let source: String
        let actions: [String]

        var testDescription: String { "\(source) \(event)" }

        init(_ source: String, _ event: String, _ actions: String...) {
            self.source = source
            self.event = event
            self.actions = actions
        }
    }

    static let rows = [
        Row("s3", "GetObject", "s3:GetObject"),
        Row("s3", "HeadBucket", "s3:ListBucket"),
        Row("s3", "GetBucketCors", "s3:GetBucketCORS"),
        Row("s3", "UploadPartCopy", "s3:PutObject", "s3:GetObject"),
        Row("lambda", "CreateFunction20150331", "lambda:CreateFunction"),
        Row(
            "lambda",
            "UpdateFunctionConfiguration20150331v2",
            "lambda:UpdateFunctionConfiguration"
        ),
        Row("cloudfront", "UpdateDistribution2020_05_31", "cloudfront:UpdateDistribution"),
        Row("email", "SendEmail", "ses:SendEmail"),
        Row("monitoring", "PutMetricAlarm", "cloudwatch:PutMetricAlarm"),
        Row("tagging", "GetResources", "tag:GetResources"),
        Row("apigateway", "UpdateStage", "apigateway:PATCH"),
        Row("apigateway", "CreatePortal", "apigateway:CreatePortal"),
    ]

    @Test("each way in which a name differs", arguments: rows)
    func names(_ row: Row) {
        let found = ServiceCatalog.operation(
            event: row.event,
            source: row.source + ".amazonaws.com"
        )
        guard case .actions(let actions) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(actions.map(\.description) == row.actions)
    }

    @Test(
        "what is not known is not guessed",
        arguments: ["", "v2", "20150331", "20150331v2", "_", "Get2020_05_3_", "Ünknown20150331"]
    )
    func unknown(_ name: String) {
        for source in ["s3.amazonaws.com", "signin.amazonaws.com", "nowhere.amazonaws.com", ""] {
            guard case .unknown(let why) = ServiceCatalog.operation(event: name, source: source)
            else {
                Issue.record("\(name) of \(source)")
                continue
            }
            #expect(!why.isEmpty && !why.hasSuffix("."))
        }
    }
}
