// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "benchmarks",
  dependencies: [
    .package(name: "blame-engine", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .executableTarget(
      name: "bench",
      dependencies: [
        .product(name: "Postgres", package: "blame-engine"),
        .product(name: "Racing", package: "blame-engine"),
        .product(name: "Timing", package: "blame-engine"),
        .product(name: "Events", package: "blame-engine"),
        .product(name: "EventStore", package: "blame-engine"),
        .product(name: "Projections", package: "blame-engine"),
        .product(name: "Commands", package: "blame-engine"),
        .product(name: "Server", package: "blame-engine"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
    .executableTarget(
      name: "acceptance",
      dependencies: [
        .product(name: "Racing", package: "blame-engine"),
        .product(name: "Timing", package: "blame-engine"),
        .product(name: "Events", package: "blame-engine"),
        .product(name: "Projections", package: "blame-engine"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
  ]
)
