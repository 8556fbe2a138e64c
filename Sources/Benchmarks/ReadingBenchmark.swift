import Authorization
import JSONSource
import PolicyLanguage
import Scenarios

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What reading costs before anything is decided: JSON onto its tape, and lines of requests.
struct ReadingBenchmark {
    /// How much of something is read in a second.
    struct Rate {
        let input: String
        let work: String
        let unit: String
        let perSecond: Double
    }

    /// Bytes of JSON that a case is made of: more than fits into a cache.
    private static let size = 16 << 20

    /// `folder` holds the cases of requests.
    func run(folder: String) throws -> [Rate] {
        try json() + ["case-a", "case-b"].map { try lines($0, folder) }
    }
}

// JSON.
extension ReadingBenchmark {
    private func json() throws -> [Rate] {
        let compact = Self.text(indent: nil)
        let indented = Self.text(indent: 2)
        return [
            rate("JSON reader", "compact", compact), rate("JSON reader", "indented", indented),
            rate("careful JSON reader", "compact", compact, carefully: true),
        ]
    }

    private func rate(
        _ input: String,
        _ work: String,
        _ bytes: [UInt8],
        carefully: Bool = false
    ) -> Rate {
        var best = 0.0
        for _ in 0..<7 {
            let seconds = Self.seconds {
                let parsed =
                    carefully
                    ? JSONParser.parseCarefully(bytes, file: 0) : JSONParser.parse(bytes, file: 0)
                precondition(parsed.value != nil && parsed.diagnostics.isEmpty)
            }
            best = max(best, Double(bytes.count) / seconds / 1_000_000)
        }
        return Rate(input: input, work: work, unit: "MB", perSecond: best)
    }

    /// Accounts with roles and their policies, as organization files hold them.
    private static func text(indent: Int?) -> [UInt8] {
        var text: [UInt8] = Array("{\"accounts\":{".utf8)
        var number = 0
        while text.count < size {
            if number > 0 { text += ",".utf8 }
            text += "\"account-\(number)\":".utf8
            let account = account(number)
            text += (indent == nil ? account.compact : account.pretty(depth: 2)).utf8
            number += 1
        }
        return text + "}}".utf8
    }

    private static func account(_ number: Int) -> JSONOutput {
        let roles = (0..<10).map { role in
            JSONOutput.Member("team\(number % 40)-role-\(role)", self.role(number, role))
        }
        return .fields([
            "id": .string(String(100_000_000_000 + number)),
            "email": .string("account-\(number)@example.com"),
            "roles": .object(roles),
        ])
    }

    private static func role(_ account: Int, _ number: Int) -> JSONOutput {
        let statement = JSONOutput.fields([
            "Sid": .string("Statement\(number)"),
            "Effect": .string("Allow"),
            "Action": .strings(["s3:GetObject", "s3:ListBucket", "dynamodb:Query"]),
            "Resource": .string("arn:aws:s3:::data-\(account)-\(number)/*"),
            "Condition": .fields([
                "StringEquals": .fields(["aws:RequestedRegion": .string("eu-west-1")])
            ]),
        ])
        return .fields([
            "tags": .fields(["team": .string("t\(number)"), "owner": .null]),
            "managedPolicies": .strings(["arn:aws:iam::aws:policy/ReadOnlyAccess"]),
            "inlinePolicies": .fields([
                "main": .fields([
                    "Version": .string("2012-10-17"),
                    "Statement": .array([statement]),
                ])
            ]),
            "maxSessionDuration": .integer(3_600 + number),
        ])
    }
}

// Lines of requests.
extension ReadingBenchmark {
    struct Failure: Error {
        let message: String
    }

    /// Reading lines into requests, which are not decided.
    private func lines(_ name: String, _ folder: String) throws -> Rate {
        let files = FileReader { path in
            FileManager.default.contents(atPath: path).map { .success(Array($0)) }
                ?? .failure(.notFound)
        }
        let loader = DocumentLoader(reader: files, sources: SourceMap())
        var scenarios = ScenarioReader(loader: loader)
        let path = "\(folder)/\(name).organization.json"
        guard let engine = scenarios.engine(path: path, namedAt: nil),
            case .success(let bytes) = files.read("\(folder)/\(name).requests.ndjson"),
            let line = bytes.split(separator: 10).first
        else { throw Failure(message: "\(name) cannot be read") }
        var reader = RequestLineReader(engine: engine, at: Scenario.defaultClock)
        let count = 100_000
        var best = 0.0
        for _ in 0..<7 {
            let seconds = Self.seconds {
                for _ in 0..<count {
                    let ready = line.withUnsafeBytes { reader.request(in: $0) }
                    precondition(ready != nil, "\(name) holds nothing rare")
                }
            }
            best = max(best, Double(count) / seconds)
        }
        return Rate(input: name, work: "NDJSON line read", unit: "", perSecond: best)
    }

    private static func seconds(_ work: () -> Void) -> Double {
        let parts = ContinuousClock().measure(work).components
        return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    }
}
