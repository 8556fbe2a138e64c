package import JSONSource
import PolicyLanguage

/// An AWS organization as the AWS CLI printed it, one file a call.
///
/// The layout is that of the export script: `organizations/`, `identity-center/` and
/// `accounts/ID/…`, the files named after the calls (AWS CLI Command Reference).
package enum AWSExport {
    /// The export as one organization file of orgsim's own format.
    ///
    /// Every value carries the place where it stands in the export, so whatever is found out about
    /// it later is shown there; what had to be made carries the place of what it was made from.
    /// What the export lacks is a warning and is left out, so that the rest can be looked at. Nil
    /// when the folder holds neither an organization nor an account.
    package static func organization(
        in folder: ExportFolder,
        sources: SourceMap
    ) -> Parsed<JSONValue?> {
        var importer = OrganizationImporter(ExportReader(folder, sources: sources))
        let organization = importer.organization()
        return Parsed(organization, importer.reader.diagnostics)
    }

    /// The same for a folder that the tool iam-collect has written; nil when it is none.
    package static func organization(
        collectedIn folder: ExportFolder,
        sources: SourceMap
    ) -> Parsed<JSONValue?> {
        guard let store = CollectedStore(folder, sources: sources) else { return Parsed(nil, []) }
        let collected = CollectedAnswers(store)
        let reader = ExportReader(collected.answers, of: folder, sources: sources)
        var importer = OrganizationImporter(
            reader,
            stored: collected.resources,
            extent: .stored(collected.places)
        )
        let organization = importer.organization()
        let diagnostics = collected.store.diagnostics + importer.reader.diagnostics
        return Parsed(organization, diagnostics)
    }

    /// The account that one answer of `GetAccountAuthorizationDetails` is about; nil for any other
    /// answer.
    ///
    /// `path` is a file of the folder.
    package static func account(
        in path: String,
        of folder: ExportFolder,
        sources: SourceMap
    ) -> Parsed<JSONValue?> {
        let read = folder.value(path, sources)
        let lists = ["RoleDetailList", "UserDetailList", "GroupDetailList", "Policies"]
        guard let details = read.value, lists.contains(where: { details[$0] != nil }) else {
            return Parsed(nil, read.diagnostics)
        }
        // Every ARN but those of AWS's own policies names the account.
        let account = lists.lazy.flatMap { details[$0]?.elements ?? [] }
            .compactMap { $0.name("Arn").flatMap { ARN($0.text)?.account } }
            .first { AccountID($0) != nil }
        guard let account else { return Parsed(nil, read.diagnostics) }
        let name = "accounts/\(account)/iam/get-account-authorization-details.json"
        var importer = OrganizationImporter(
            ExportReader([name: details], of: folder, sources: sources, checkingPages: true),
            extent: .details
        )
        let organization = importer.organization()
        importer.reader.warn(
            "export.missing",
            "this is the IAM of one account alone: which SCPs and RCPs hold for it and which policies "
                + "its resources have is not known, and verdicts are given as if there were none",
            at: details.span
        )
        return Parsed(organization, read.diagnostics + importer.reader.diagnostics)
    }
}
