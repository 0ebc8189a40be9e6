// swift-tools-version: 6.2
import PackageDescription

/// One strict setting for every target of ours.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
  .enableUpcomingFeature("ExistentialAny"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
  .enableUpcomingFeature("MemberImportVisibility"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
  .enableUpcomingFeature("InternalImportsByDefault"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0443-warning-control-flags.md
  .treatAllWarnings(as: .error),
]

/// Targets that compute rather than talk. With BLAME_QUICK=1 a debug build optimises them, so that one build serves the tests
/// and the page; whatever it talks through stays quick to compile.
let computing: [SwiftSetting] =
  strict + (Context.environment["BLAME_QUICK"] == "1" ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : [])

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

func library(_ name: String, _ dependencies: [Target.Dependency], _ settings: [SwiftSetting] = strict) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    swiftSettings: strict)
}

let package = Package(
  name: "blame-engine",
  products: [
    .library(name: "Postgres", targets: ["Postgres"]),
    .library(name: "Racing", targets: ["Racing"]),
    .library(name: "Timing", targets: ["Timing"]),
    .library(name: "Fetching", targets: ["Fetching"]),
    .library(name: "Events", targets: ["Events"]),
    .library(name: "EventStore", targets: ["EventStore"]),
    .library(name: "Projections", targets: ["Projections"]),
    .library(name: "Commands", targets: ["Commands"]),
    .library(name: "Server", targets: ["Server"]),
    .executable(name: "blame", targets: ["blame"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    library("Postgres", ["CLibpq", logging, .product(name: "DequeModule", package: "swift-collections")]),
    .target(
      name: "Racing", dependencies: [crypto],
      // The constants of the model are part of the program: no file to be lost or changed beside it.
      resources: [.embedInCode("Resources/model-constants.json")], swiftSettings: computing),
    library("Timing", ["Racing", "CZlib", crypto]),
    library(
      "Fetching",
      [
        "Timing", "Racing", crypto,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOWebSocket", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
      ]),
    library("Events", ["Racing", "CLZ4", crypto], computing),
    library(
      "EventStore",
      ["Events", "Postgres", crypto, logging, .product(name: "DequeModule", package: "swift-collections")]),
    library("Projections", ["Events", "Racing", crypto], computing),
    library("Commands", ["Events", "Racing"]),
    library(
      "Server",
      [
        "Commands", "Projections", "EventStore", "Fetching", "Timing", "Events", "Racing", "Postgres", "CZlib", crypto,
        cryptoExtras,
        logging, lifecycle,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    .executableTarget(
      name: "blame",
      dependencies: [
        "Server", "Commands", "Projections", "EventStore", "Fetching", "Timing", "Events", "Racing", "Postgres",
        logging, lifecycle,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
      ],
      swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Postgres", "Racing", "Events"], path: "Tests/Support", swiftSettings: strict),
    tests("Postgres", []),
    tests("Racing", ["Timing"]),
    tests("Timing", ["Racing", "CZlib"]),
    tests("Fetching", ["Timing", "Racing", crypto]),
    tests("Events", [crypto]),
    tests("EventStore", ["Events", "Postgres", "Racing", "Projections", logging, crypto]),
    tests("Projections", ["Events", "Racing"]),
    tests("Commands", ["Events", "Racing"]),
    .testTarget(
      name: "blameTests",
      dependencies: ["blame", "Server", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),
    tests(
      "Server",
      [
        "Events", "Racing", "Postgres", "Commands", "Projections", "EventStore", "Fetching", "Timing", logging,
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ]),
  ]
)
