// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "rondo-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "rondo", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .target(name: "Turns"),
    .executableTarget(
      name: "rondo-benchmark",
      dependencies: [
        "Turns",
        .product(name: "Rondo", package: "rondo"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/RondoBenchmark"),
    // Needs no LibTorch, and builds without it.
    .executableTarget(
      name: "rondo-tokenizer-benchmark",
      dependencies: [
        "Turns",
        .product(name: "RondoText", package: "rondo"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/TokenizerBenchmark"),
  ]
)
