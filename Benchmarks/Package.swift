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
    .executableTarget(
      name: "rondo-benchmark",
      dependencies: [
        .product(name: "Rondo", package: "rondo"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/RondoBenchmark")
  ]
)
