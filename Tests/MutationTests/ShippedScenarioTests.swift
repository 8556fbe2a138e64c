import Foundation
import JSONSource
import Mutation
import Parallelism
import Scenarios
import Testing

/// The scenarios that come with the tool, and what they let through.
@Suite("Faults in the shipped policies")
struct ShippedScenarioTests {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path()

    private static func plan() throws -> MutationPlan {
        let sources = SourceMap()
        let reader = FileReader { path in
            FileManager.default.contents(atPath: project + path).map { .success(Array($0)) }
                ?? .failure(.notFound)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: project + "Scenarios")
        let files = names.filter { $0.hasSuffix(".json") }.sorted().map { "Scenarios/" + $0 }
        var scenarioReader = ScenarioReader(
            loader: DocumentLoader(reader: reader, sources: sources)
        )
        let scenarios = scenarioReader.read(files, by: .one).compactMap { $0 }
        #expect(scenarios.count == files.count)
        return MutationPlan(scenarios, types: Set(MutationPlan.types), sources: sources)
    }

    /// What survives, by the sentence about it, with the reason why it may.
    private static let survivors: [String: String] = [
        "endpoint policy of arn:aws:ec2:eu-central-1:731580264490:vpc-endpoint/vpce-0d41c5b7a92e8f603: drops the condition StringEquals aws:ResourceAccount of the statement 'OurIdentitiesReadFromTheLab'":
            "the bucket that the statement names has one owner in the file",
        "endpoint policy of arn:aws:ec2:eu-central-1:731580264490:vpc-endpoint/vpce-0d41c5b7a92e8f603: makes StringEquals StringEqualsIfExists on aws:ResourceAccount in a condition of the statement 'OurIdentitiesReadFromTheLab'":
            "as above",
        "endpoint policy of arn:aws:ec2:eu-central-1:731580264490:vpc-endpoint/vpce-0d41c5b7a92e8f603: narrows '*' to 's3:*' in Action of the statement 'OurIdentitiesToOurResources'":
            "no other service's calls come through an endpoint of S3",
        "inline policy 'lake' of lake:role/TeamData: makes StringEquals StringEqualsIfExists on aws:SourceIdentity in a condition of the statement 'AdaTidiesUp'":
            "nobody gets the role without a source identity",
        "managed policy 'TeamResources' of product: widens 'arn:aws:ec2:*:*:instance/*' to '*' in Resource of the statement 'OperateOwnInstances'":
            "the actions of the statement work on instances",
        "resource control policy 'OurIdentitiesOnly': drops the condition Bool aws:PrincipalIsAWSService of the statement 'ServicesOnlyForUs'":
            "only calls of services carry aws:SourceAccount, for which the statement asks as well",
        "resource control policy 'OurIdentitiesOnly': makes Bool BoolIfExists on aws:PrincipalIsAWSService in a condition of the statement 'ServicesOnlyForUs'":
            "as above",
        "resource policy of arn:aws:s3:::pinewood-reports: drops the statement 'WorkerWrites'":
            "in one account the worker's own policies do, which its boundary lets through",
        "resource policy of arn:aws:s3:::pinewood-reports: narrows 'arn:aws:s3:::pinewood-reports/worker/*' to 'arn:aws:s3:::pinewood-reports/worker/' in Resource of the statement 'WorkerWrites'":
            "as above",
        "resource policy of arn:aws:s3:::pinewood-reports: widens 'arn:aws:s3:::pinewood-reports/worker/*' to '*' in Resource of the statement 'WorkerWrites'":
            "as above",
        "resource policy of arn:aws:sqs:eu-north-1:812640357791:jobs: drops the value 'arn:aws:iam::812640357791:role/team/Worker' from Principal of the statement 'WorkersAndMoSend'":
            "a grant to a role does not lift its boundary, which scenario 12 shows",
        "service control policy 'InternServices': drops the value 'sqs:*' from Action of the statement 'InternServices'":
            "the list of the unit above leaves queues out, which scenario 3 shows",
        "service control policy 'InternServices': narrows 'sqs:*' to 'sqs:AddPermission' in Action of the statement 'InternServices'":
            "as above",
        "trust policy of payments-prod:role/BreakGlass: drops the condition Bool aws:MultiFactorAuthPresent of the statement '0'":
            "who has an age of MFA has used MFA, and the statement asks for the age",
        "trust policy of payments-prod:role/BreakGlass: makes Bool BoolIfExists on aws:MultiFactorAuthPresent in a condition of the statement '0'":
            "as above",
        "trust policy of payments-prod:role/BreakGlass: makes NumericLessThan NumericLessThanIfExists on aws:MultiFactorAuthAge in a condition of the statement '0'":
            "who has used MFA has an age of it, and the statement asks for MFA",
        "trust policy of product:role/Workbench: drops the value 'arn:aws:iam::812640357791:user/noa' from Principal of the statement 'EngineersAsThemselves'":
            "Noa has no team, without which nobody fulfils the condition",
    ]

    @Test("nine of ten faults are noticed, and what is not is explained")
    func survivors() throws {
        let result = MutationRun(try Self.plan(), suggests: false).result(by: Workers(2)) { _ in }
        #expect(result.killed * 10 >= result.counted * 9)
        let survived = result.policies.flatMap { policy in
            policy.mutants.compactMap { one in
                if case .survived = one.fate {
                    "\(policy.title): \(one.mutant.sentence)"
                } else {
                    nil
                }
            }
        }
        #expect(survived.sorted() == Self.survivors.keys.sorted())
    }

    @Test("the checks that can notice a fault come out as all checks do")
    func selection() throws {
        let plan = try Self.plan()
        let sample = plan.every(29)
        let fates = [MutationRun.Checks.reached, .all].map { checks in
            MutationRun(sample, asking: checks, suggests: false).result(by: Workers(2)) { _ in }
                .policies.flatMap(\.mutants).map { one in
                    guard case .killed(let step) = one.fate else { return "\(one.mutant.id) lives" }
                    return "\(one.mutant.id) \(step.file) \(step.step)"
                }
        }
        #expect(fates[0] == fates[1])
        #expect(fates[0].count > 30)
    }
}
