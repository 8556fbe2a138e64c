extension OrganizationImporter {
    /// The partition of AWS that the organization is in.
    var partition: String { "aws" }
}
