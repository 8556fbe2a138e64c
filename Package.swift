// swift-tools-version: 6.3

import PackageDescription

/// Every room is built the same way: Swift 6 mode, explicit imports, no warning let through.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A room of the house: a library target that may import only the rooms named.
func room(_ name: String, imports: [String] = []) -> Target {
    .target(name: name, dependencies: imports.map { .byName(name: $0) }, swiftSettings: settings)
}

/// A room in C that holds files as constants; they are compiled in by `#embed`.
func data(_ name: String, files: [String]) -> Target {
    .target(name: name, exclude: files, cSettings: [.treatAllWarnings(as: .error)])
}

/// A test target for one room or one promise of the whole.
func tests(_ name: String, imports: [String], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name,
        dependencies: imports.map { .byName(name: $0) },
        resources: resources,
        swiftSettings: settings
    )
}

let package = Package(
    name: "orgsim",
    products: [
        .executable(name: "orgsim", targets: ["orgsim"]),
        .library(name: "OrgSim", targets: ["OrgSim"]),
    ],
    targets: [
        room("Parallelism"),
        room("JSONSource", imports: ["Parallelism"]),
        room("PolicyLanguage", imports: ["JSONSource"]),
        data("CatalogData", files: ["catalog.txt", "managed-policies.txt", "NOTICE"]),
        room("ServiceCatalog", imports: ["CatalogData", "PolicyLanguage", "JSONSource"]),
        room("Linting", imports: ["ServiceCatalog", "PolicyLanguage", "JSONSource"]),
        room(
            "OrganizationModel",
            imports: ["ServiceCatalog", "PolicyLanguage", "Parallelism", "JSONSource"]
        ),
        room(
            "Importing",
            imports: ["OrganizationModel", "ServiceCatalog", "PolicyLanguage", "JSONSource"]
        ),
        room(
            "Authorization",
            imports: ["OrganizationModel", "ServiceCatalog", "PolicyLanguage", "JSONSource"]
        ),
        room(
            "SecurityTokens",
            imports: ["Authorization", "OrganizationModel", "ServiceCatalog", "PolicyLanguage"]
        ),
        room(
            "Analysis",
            imports: [
                "SecurityTokens", "Authorization", "OrganizationModel", "PolicyLanguage",
                "Parallelism",
            ]
        ),
        room(
            "Explaining",
            imports: [
                "SecurityTokens", "Authorization", "OrganizationModel", "ServiceCatalog",
                "PolicyLanguage", "JSONSource",
            ]
        ),
        room(
            "Scenarios",
            imports: [
                "Explaining", "Analysis", "SecurityTokens", "Authorization", "OrganizationModel",
                "ServiceCatalog", "PolicyLanguage", "JSONSource", "Parallelism",
            ]
        ),
        room(
            "History",
            imports: [
                "Scenarios", "Explaining", "Authorization", "OrganizationModel", "PolicyLanguage",
                "JSONSource",
            ]
        ),
        room(
            "Coverage",
            imports: [
                "Scenarios", "Explaining", "Analysis", "SecurityTokens", "Authorization",
                "OrganizationModel", "PolicyLanguage", "JSONSource",
            ]
        ),
        room(
            "Mutation",
            imports: [
                "Scenarios", "Explaining", "Authorization", "OrganizationModel", "ServiceCatalog",
                "PolicyLanguage", "JSONSource", "Parallelism",
            ]
        ),
        room(
            "Reports",
            imports: [
                "Mutation", "Coverage", "History", "Scenarios", "Explaining", "Analysis",
                "Authorization", "OrganizationModel", "Linting", "PolicyLanguage", "JSONSource",
            ]
        ),
        room(
            "OrgSim",
            imports: [
                "Reports", "Scenarios", "Explaining", "Authorization", "OrganizationModel",
                "PolicyLanguage", "JSONSource",
            ]
        ),
        room("Workloads"),
        room(
            "CommandLineTool",
            imports: [
                "Reports", "Mutation", "Coverage", "History", "Linting", "Importing", "Scenarios",
                "Explaining", "Analysis", "Authorization", "OrganizationModel", "PolicyLanguage",
                "JSONSource",
                "Parallelism",
            ]
        ),
        .executableTarget(
            name: "orgsim",
            dependencies: ["CommandLineTool"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "orgsim-benchmarks",
            dependencies: [
                "AllocationCounter", "Workloads", "Reports", "Scenarios", "Analysis",
                "Authorization", "OrganizationModel", "ServiceCatalog", "PolicyLanguage",
                "JSONSource", "Parallelism",
            ],
            path: "Sources/Benchmarks",
            exclude: ["Inputs"],
            swiftSettings: settings
        ),
        .target(
            name: "AllocationCounter",
            path: "Tools/AllocationCounter",
            cSettings: [.treatAllWarnings(as: .error)]
        ),
        .executableTarget(
            name: "orgsim-fuzz",
            dependencies: ["Fuzzing"],
            path: "Tools/Fuzz",
            swiftSettings: settings
        ),
        .target(
            name: "Fuzzing",
            dependencies: [
                "CommandLineTool", "Reports", "History", "Linting", "Importing", "Scenarios",
                "Explaining", "Authorization", "OrganizationModel", "PolicyLanguage", "JSONSource",
            ],
            path: "Tools/Fuzzing",
            swiftSettings: settings
        ),
        .target(
            name: "ReferenceEvaluator",
            path: "Tests/ReferenceEvaluator",
            swiftSettings: settings
        ),
        .target(
            name: "TestSupport",
            dependencies: ["JSONSource"],
            path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        tests(
            "AgreementTests",
            imports: [
                "ReferenceEvaluator", "Workloads", "Reports", "Scenarios", "Analysis",
                "Authorization", "OrganizationModel",
                "PolicyLanguage", "JSONSource",
            ]
        ),
        tests("ParallelismTests", imports: ["Parallelism"]),
        tests(
            "WorkloadTests",
            imports: [
                "AllocationCounter", "Workloads", "Scenarios", "Authorization",
                "OrganizationModel", "PolicyLanguage", "JSONSource",
            ]
        ),
        tests("JSONSourceTests", imports: ["JSONSource", "Parallelism"]),
        tests("PolicyLanguageTests", imports: ["PolicyLanguage", "JSONSource"]),
        tests("ServiceCatalogTests", imports: ["ServiceCatalog", "PolicyLanguage", "JSONSource"]),
        tests(
            "OrganizationModelTests",
            imports: ["OrganizationModel", "PolicyLanguage", "Parallelism", "JSONSource"]
        ),
        tests(
            "LintingTests",
            imports: ["Linting", "OrganizationModel", "ServiceCatalog", "JSONSource"]
        ),
        tests(
            "ImportingTests",
            imports: ["Importing", "OrganizationModel", "PolicyLanguage", "JSONSource"],
            resources: [.copy("Fixtures")]
        ),
        tests(
            "ExplainingTests",
            imports: [
                "ReferenceEvaluator", "TestSupport", "Reports", "Scenarios", "Explaining",
                "SecurityTokens", "Authorization", "OrganizationModel", "PolicyLanguage",
                "JSONSource",
            ],
            resources: [.copy("Goldens")]
        ),
        tests(
            "ReportsTests",
            imports: [
                "TestSupport", "Reports", "History", "Scenarios", "Explaining", "Authorization",
                "OrganizationModel", "PolicyLanguage", "JSONSource",
            ],
            resources: [.copy("Goldens")]
        ),
        tests(
            "MutationTests",
            imports: [
                "Mutation", "Scenarios", "Authorization", "OrganizationModel", "PolicyLanguage",
                "JSONSource", "Parallelism",
            ]
        ),
        tests(
            "HistoryTests",
            imports: [
                "History", "Importing", "Scenarios", "Explaining", "Authorization",
                "OrganizationModel", "ServiceCatalog", "PolicyLanguage", "JSONSource",
            ]
        ),
        tests("HouseTests", imports: []),
        tests(
            "ConformanceTests",
            imports: [
                "TestSupport", "Scenarios", "Reports", "OrganizationModel", "PolicyLanguage",
                "JSONSource",
            ]
        ),
        tests("FuzzTests", imports: ["Fuzzing"]),
        tests("OrgSimTests", imports: ["OrgSim"]),
        tests(
            "CommandLineToolTests",
            imports: [
                "TestSupport", "CommandLineTool", "Scenarios", "OrganizationModel", "JSONSource",
                "Parallelism",
            ]
        ),
    ]
)

// libFuzzer brings its own `main`, so this is built with `--sanitize=fuzzer` only.
if Context.environment["ORGSIM_LIBFUZZER"] != nil {
    package.targets.append(
        .executableTarget(
            name: "orgsim-libfuzzer",
            dependencies: ["Fuzzing"],
            path: "Tools/LibFuzzer",
            swiftSettings: settings
        )
    )
}
