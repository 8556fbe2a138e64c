package import JSONSource
package import Parallelism
import PolicyLanguage
import ServiceCatalog

/// Reads an organization file into the world it describes, checking and linking everything.
///
/// References (`$ref`) and overlays are resolved before; every mistake is reported, and there is
/// no organization when one of them is an error.
package struct OrganizationLoader {
    var diagnostics: [Diagnostic] = [] { didSet { diagnostics.keepWithinLimit() } }
    /// Documents, so that one that many entities share is read once.
    var shelf: PolicyShelf
    /// What many accounts write alike, as it was read where there was nothing to say of it.
    var knownTags = KeptReadings<Tags>()
    var knownPaths = KeptReadings<String>()
    var knownAWSPolicies = KeptReadings<Policy>()
    var knownInlineNames: [String: PolicyNaming] = [:]
    var plainServices: [String: PlainService] = [:]
    /// The places of documents of which something was said, which is said once.
    private var toldDocuments: Set<DocumentKey> = []
    var controlPolicies: [ControlPolicyType: [String: Policy]] = [:]
    /// Names that stand in the file, also those whose document could not be read.
    var definedControlPolicies: [ControlPolicyType: Set<String>] = [:]
    var suppliedManagedPolicies: [String: Policy] = [:]
    /// Where things stand of which there is one.
    var firstPlaces: [UniqueThing: SourceSpan] = [:]
    /// Whether accounts are read only to see that there is nothing to say of them.
    var isTrial = false
    /// What the account on trial says to have.
    var claims: [Claim] = []
    /// What is known from a load before a change, whose warnings nobody reads.
    var known: AccountReadings?
    /// The accounts as they are read now.
    var readings: AccountReadings?
    /// The id of the organization, given or derived.
    var organizationID: String?
    /// Whether service control policies are in force, so that having none matters.
    var enforcesSCPs = true
    var nodes: [OrganizationNode] = []
    /// The place of each node by its path and by its id, the first where two have one.
    var nodePlaces: [String: Int] = [:]
    var drafts: [AccountDraft] = []
    /// The place of each member account by its name and by its id.
    var memberPlaces: [String: Int] = [:]
    /// The customer managed policies of an account by path and name in lower case.
    var customerPolicies: [AccountID: [String: Policy]] = [:]

    private struct DocumentKey: Hashable {
        let span: SourceSpan
        let grammar: PolicyGrammar.Kind
    }

    /// Who was made and what was written since the file was loaded.
    let history: OrganizationHistory

    let workers: Workers

    private init(history: OrganizationHistory, library: PolicyLibrary, workers: Workers) {
        self.history = history
        shelf = PolicyShelf(library)
        self.workers = workers
    }

    /// The result is the same with any number of workers.
    package static func load(
        _ value: JSONValue,
        history: OrganizationHistory = OrganizationHistory(),
        library: PolicyLibrary = PolicyLibrary(),
        workers: Workers = .one
    ) -> Parsed<Organization?> {
        var loader = OrganizationLoader(history: history, library: library, workers: workers)
        let organization = loader.organization(value)
        loader.gatherMissing()
        let isSound = !loader.diagnostics.hasErrors
        return Parsed(isSound ? organization : nil, loader.diagnostics)
    }

    /// The same for an organization that may change, with what the next load can make use of.
    ///
    /// With `known`, of a load before, only errors are told.
    static func load(
        _ value: JSONValue,
        history: OrganizationHistory,
        library: PolicyLibrary,
        workers: Workers,
        known: AccountReadings?
    ) -> (parsed: Parsed<Organization?>, readings: AccountReadings?) {
        var loader = OrganizationLoader(history: history, library: library, workers: workers)
        loader.known = known
        let organization = loader.organization(value)
        loader.gatherMissing()
        let isSound = !loader.diagnostics.hasErrors
        loader.readings?.managedPolicies = loader.suppliedManagedPolicies
        return (Parsed(isSound ? organization : nil, loader.diagnostics), loader.readings)
    }
}

extension OrganizationLoader {
    private mutating func organization(_ value: JSONValue) -> Organization? {
        guard let file = ObjectReader(value, "the organization file", &diagnostics) else {
            return nil
        }
        file.allow(.organization, &diagnostics)
        _ = file.strings("missing", &diagnostics)
        readSuppliedPolicies(file)
        let hasTree = file.value["organization"] != nil || file.value["root"] != nil
        if hasTree || file.value["externalAccounts"] == nil {
            for field in ["organization", "root"] { _ = file.required(field, &diagnostics) }
        }
        let header = file.value["organization"].flatMap { readHeader($0) }
        organizationID = header?.id ?? derivedID(header, in: file)
        let enabled = readTree(file, header: header)
        readExternalAccounts(file)
        checkUniqueAccounts()
        let management = header.flatMap { managementAccount($0) }
        warnSuspendedManagement(header)
        beginReadings(file)
        readAccounts()
        let center = readIdentityCenter(file, management: management)
        let access = readRootAccess(file)
        let trusted = readTrustedAccess(file)
        let delegated = readDelegatedAdministrators(file, management: management)
        forgetTexts()
        let accounts = linkedAccounts()
        let organization = Organization(
            identity: management.map { .init(id: organizationID ?? "", managementAccount: $0) },
            nodes: nodes,
            accounts: accounts,
            identityCenter: center,
            enabledPolicyTypes: enabled,
            centralizedRootAccess: access,
            trustedAccess: trusted.map(\.text),
            delegatedAdministrators: delegated,
            managedPolicies: suppliedManagedPolicies,
            hasMissingPolicies: shelf.holdsMissing
        )
        if known == nil { warnAboutMissingPrincipals(in: organization) }
        return organization
    }

    /// The accounts with what finds their users and roles.
    private func linkedAccounts() -> [Account] {
        let drafts = drafts
        let slices = workers.map(drafts.indices, slicesOf: 128, makeWorker: {}) { _, slice in
            drafts[slice].compactMap { $0.account() }
        }
        return Array(slices.joined())
    }

    /// Lets go of what helped to read documents, once all are read: linking needs the memory.
    private mutating func forgetTexts() {
        shelf = shelf.forAnotherThread
        knownTags = KeptReadings()
        knownPaths = KeptReadings()
        knownAWSPolicies = KeptReadings()
        knownInlineNames = [:]
    }

    /// What is known of accounts is of use as long as nothing around them has changed.
    private mutating func beginReadings(_ file: ObjectReader) {
        let surroundings = AccountReadings.Surroundings(
            organizationID: organizationID,
            suppliedPolicies: file.value["awsManagedPolicies"]
        )
        readings = AccountReadings(surroundings: surroundings)
        if let known, known.surroundings.areSame(as: surroundings) {
            suppliedManagedPolicies.merge(known.managedPolicies) { own, _ in own }
        } else {
            known = nil
        }
    }

    struct Header {
        let id: String?
        let managementAccount: SourceString?
        let hasAllFeatures: Bool
    }

    private mutating func readHeader(_ value: JSONValue) -> Header? {
        guard let object = ObjectReader(value, "'organization'", &diagnostics) else { return nil }
        object.allow(.header, &diagnostics)
        let id = object.string("id", &diagnostics)
        if let id {
            _ = checkOrganizationID(id, at: object.present("id")?.span ?? value.span)
        }
        let management = object.required("managementAccount", &diagnostics).flatMap {
            SourceString($0, "'managementAccount'", &diagnostics)
        }
        let features = object.string("featureSet", &diagnostics) ?? "ALL"
        if !ObjectFormat.featureSets.contains(features) {
            let message = "'featureSet' must be ALL or CONSOLIDATED_BILLING, not '\(features)'"
            refuse(
                "organization.feature-set",
                message,
                at: object.present("featureSet")?.span ?? value.span
            )
        }
        return Header(id: id, managementAccount: management, hasAllFeatures: features == "ALL")
    }

    /// The id a file leaves out follows from the management account's.
    private func derivedID(_ header: Header?, in file: ObjectReader) -> String? {
        guard let name = header?.managementAccount?.text else { return nil }
        let id = AccountID(name)?.description ?? accountID(named: name, in: file.value["root"])
        return id.map { DerivedIdentifier.organization(managementAccount: $0) }
    }

    private func accountID(named name: String, in unit: JSONValue?) -> String? {
        if let id = unit?["accounts"]?[name]?["id"]?.string { return id }
        for child in unit?["organizationalUnits"]?.members ?? [] {
            if let id = accountID(named: name, in: child.value) { return id }
        }
        return nil
    }

    private mutating func managementAccount(_ header: Header) -> AccountID? {
        guard let name = header.managementAccount else { return nil }
        return memberAccount(name)
    }

    private mutating func readRootAccess(
        _ file: ObjectReader
    ) -> Organization.CentralizedRootAccess {
        guard let value = file.present("centralizedRootAccess"),
            let object = ObjectReader(value, "'centralizedRootAccess'", &diagnostics)
        else { return .init() }
        object.allow(.rootAccess, &diagnostics)
        return .init(
            rootCredentialsManagement: object.bool("rootCredentialsManagement", &diagnostics)
                ?? false,
            rootSessions: object.bool("rootSessions", &diagnostics) ?? false
        )
    }

    /// The id of a member account by name or id; unknown ones are reported.
    mutating func memberAccount(_ name: SourceString) -> AccountID? {
        if let place = memberPlaces[name.text] { return drafts[place].id }
        let drafts = drafts
        if drafts.contains(where: { $0.name == name.text || $0.id?.description == name.text }) {
            let message = "the account '\(name.text)' is not in the organization"
            refuse("organization.external-account", message, at: name.span)
            return nil
        }
        refuseUnknown(
            "organization.unknown-account",
            "account",
            name,
            among: drafts.filter(\.isMember).map(\.name)
        )
        return nil
    }
}

extension OrganizationLoader {
    mutating func refuse(
        _ code: String,
        _ message: String,
        at span: SourceSpan,
        help: String? = nil
    ) {
        diagnostics.append(.error(code, message, at: span, help: help))
    }

    /// Beyond a few hundred mistakes nobody reads the suggestions, which cost more than the rest.
    var hasReader: Bool { diagnostics.count < 300 && !isTrial }

    /// "there is no … 'x', did you mean 'y'?" at the name.
    mutating func refuseUnknown(
        _ code: String,
        _ kind: String,
        _ name: SourceString,
        among known: @autoclosure () -> some Collection<String>,
        hint given: String? = nil
    ) {
        let near = given == nil && hasReader ? NearestName.of(name.text, among: known()) : nil
        let hint = given ?? near.map { ", did you mean '\($0)'?" } ?? ""
        refuse(code, "there is no \(kind) '\(name.text)'\(hint)", at: name.span)
    }

    /// A policy document of that type; nil, with diagnostics, when AWS would refuse it.
    ///
    /// `name` says which policy it is, for one that nobody could read: that another could not be
    /// read for the same reason does not mean that both say the same.
    mutating func document(
        _ value: JSONValue,
        as grammar: PolicyGrammar,
        of name: @autoclosure () -> String
    ) -> PolicyDocument? {
        let parsed = shelf.read(value, as: grammar, of: name())
        // What overlays and changes have edited is not known by its place.
        if !parsed.diagnostics.isEmpty,
            value.origin == .edited
                || toldDocuments.insert(DocumentKey(span: value.span, grammar: grammar.kind))
                    .inserted
        {
            diagnostics += parsed.diagnostics
        }
        return parsed.value
    }
}
