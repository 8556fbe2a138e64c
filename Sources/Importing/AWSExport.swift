package import JSONSource

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
}
