// swift-tools-version: 6.0
import PackageDescription

// Every dependency arrow of the project stands here and points down; ARCHITECTURE.md says why, module by module.

/// Aggressive cross-module optimisation: the reply path crosses JSON, AWS and Inventory for every byte read.
let swift: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableExperimentalFeature("Lifetimes"),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let package = Package(
    name: "inventory-collector",
    products: [
        .executable(name: "inventory-collectord", targets: ["inventory-collectord"]),
        .executable(name: "collectorctl", targets: ["collectorctl"]),
    ],
    targets: [
        // Programs
        .executableTarget(
            name: "inventory-collectord",
            dependencies: [
                "Refresh", "Store", "Systemd", "Control", "CProcess", "Inventory", "AWS", "Schedule", "Configuration",
                "Telemetry", "JSON", "Manual",
            ],
            swiftSettings: swift),
        .executableTarget(
            name: "collectorctl", dependencies: ["Control", "Schedule", "JSON", "Manual"], swiftSettings: swift),

        .executableTarget(name: "schedule-bench", dependencies: ["Schedule"], swiftSettings: swift),

        // Siblings: they never import each other
        .target(
            name: "Refresh", dependencies: ["Inventory", "AWS", "Schedule", "Telemetry", "JSON"], swiftSettings: swift),
        .target(
            name: "Store", dependencies: ["CSQLite", "Inventory", "AWS", "Telemetry", "JSON"], swiftSettings: swift),
        .target(name: "Systemd", dependencies: ["CSystemd", "Telemetry"], swiftSettings: swift),
        .target(name: "Control", dependencies: ["JSON"], swiftSettings: swift),

        // Domain
        .target(
            name: "Inventory", dependencies: ["CCatalogue", "AWS", "Telemetry", "JSON"], swiftSettings: swift),

        // Client
        .target(
            name: "AWS", dependencies: ["CCurl", "COpenSSL", "CProcess", "Configuration", "Telemetry", "JSON"],
            swiftSettings: swift),

        // Leaves
        .target(name: "JSON", dependencies: ["CBytes"], swiftSettings: swift),
        .target(name: "Telemetry", swiftSettings: swift),
        .target(name: "Schedule", swiftSettings: swift),
        .target(name: "Configuration", swiftSettings: swift),
        .target(name: "Manual", swiftSettings: swift),

        // C libraries, each seen by one target
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .systemLibrary(name: "CProcess"),
        .systemLibrary(name: "CBytes"),
        .target(
            name: "CCatalogue", exclude: ["data", "generator", "NOTICE"],
            // The assembly file links in the data files, which it names relative to this folder.
            cSettings: [.headerSearchPath("data")]),

        // Tests
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: swift),
        .testTarget(name: "ManualTests", dependencies: ["Manual"], swiftSettings: swift),
        .testTarget(
            name: "ScheduleTests", dependencies: ["Schedule"], exclude: ["Fixtures"], swiftSettings: swift),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration"], swiftSettings: swift),
        .testTarget(
            name: "AWSTests", dependencies: ["AWS", "Configuration", "JSON"], exclude: ["Fixtures"],
            swiftSettings: swift),
        .testTarget(
            name: "InventoryTests", dependencies: ["Inventory", "AWS", "JSON"], swiftSettings: swift),
        .testTarget(
            name: "StoreTests", dependencies: ["Store", "Inventory", "AWS", "JSON"], swiftSettings: swift),
        .testTarget(
            name: "RefreshTests",
            dependencies: ["Refresh", "Store", "Inventory", "AWS", "Schedule", "Telemetry", "JSON"],
            swiftSettings: swift),
        .testTarget(name: "ControlTests", dependencies: ["Control", "JSON"], swiftSettings: swift),
        .testTarget(
            name: "CtlTests", dependencies: ["collectorctl", "Control", "Schedule", "JSON", "Manual"],
            swiftSettings: swift),
        .target(
            name: "FuzzTargets", dependencies: ["AWS", "Configuration", "Control", "JSON"], path: "Tests/Fuzz/Targets",
            swiftSettings: swift),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets"], swiftSettings: swift),
        .testTarget(name: "SystemdTests", dependencies: ["Systemd", "Telemetry"], swiftSettings: swift),
        .testTarget(
            name: "DaemonTests", dependencies: ["inventory-collectord", "Configuration", "JSON"],
            swiftSettings: swift),
    ]
)

// `make fuzz` alone: libFuzzer brings the program's start.
if Context.environment["FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz-readers", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Readers",
            swiftSettings: swift + [.unsafeFlags(["-parse-as-library"])]))
}
