import JSONSource
import OrganizationModel
import PolicyLanguage
import Scenarios

extension Verb {
    static let schema = Verb(
        name: "schema",
        usage: "schema \(FileFormat.list)",
        summary: "print the JSON Schema of a file format, for editors and validators",
        details: """
            organization and scenario are the files of orgsim, overlay what is laid over an
            organization, request a line of `orgsim evaluate`; the others are AWS's policy documents
            by type. An editor reads the schema a file names as "$schema", or one it is told of.
            """,
        options: [],
        words: FileFormat.allCases.map(\.rawValue),
        run: { (arguments, system) throws(Arguments.UsageError) in
            guard arguments.paths.count == 1,
                let format = FileFormat(rawValue: arguments.paths[0])
            else {
                let known = FileFormat.allCases.map(\.rawValue)
                let near = arguments.paths.first.flatMap { NearestName.of($0, among: known) }
                let hint = near.map { ", did you mean '\($0)'?" } ?? ""
                throw Arguments.UsageError(
                    message: "name one format of \(known.joined(separator: ", "))\(hint)"
                )
            }
            return system.answer(format.schema) ? .success : .invalidInput
        }
    )
}

/// A file format whose schema can be printed.
enum FileFormat: String, CaseIterable {
    case organization
    case scenario
    case overlay
    case request
    case scp
    case rcp
    case identity
    case trust
    case resource
    case endpoint
    case session

    fileprivate static let list = allCases.map(\.rawValue).joined(separator: "|")

    /// The schema, laid out as `orgsim format` lays out files.
    var schema: [UInt8] {
        let text = Array(described.compact.utf8)
        guard let value = JSONParser.parse(text, file: SourceSpan.nowhere.file).value else {
            return text
        }
        return JSONLayout.text(of: value)
    }

    private var described: JSONOutput {
        switch self {
        case .organization: FormatSchema.of(.organization, title: "orgsim organization")
        case .scenario: FormatSchema.of(.scenario, title: "orgsim scenario")
        case .overlay: FormatSchema.ofLayer(of: .organization, title: "orgsim overlay")
        case .request: FormatSchema.of(.request, title: "orgsim request")
        case .scp: FormatSchema.of(.policy(.serviceControl), title: "service control policy")
        case .rcp: FormatSchema.of(.policy(.resourceControl), title: "resource control policy")
        case .identity: FormatSchema.of(.policy(.identity), title: "identity policy")
        case .trust: FormatSchema.of(.policy(.trust), title: "role trust policy")
        case .resource: FormatSchema.of(.policy(.resource), title: "resource policy")
        case .endpoint: FormatSchema.of(.policy(.vpcEndpoint), title: "VPC endpoint policy")
        case .session: FormatSchema.of(.policy(.session), title: "session policy")
        }
    }
}
