// swift-tools-version: 6.2
import PackageDescription

// LIBTORCH names a folder with include/ and lib/; without it, `make setup` makes .libtorch.
// LIBTORCH_SHIM names a folder with a ready-made libCTorch.so, which is linked instead of
// compiling the shim; only the shim is rebuilt for another LibTorch.
let libTorch = Context.environment["LIBTORCH"] ?? Context.packageDirectory + "/.libtorch"
let shimFolder = Context.environment["LIBTORCH_SHIM"]

func runPath(_ folder: String) -> [String] { ["-Xlinker", "-rpath", "-Xlinker", folder] }

// Executables look in a lib folder beside them first, so that both can be shipped together.
let besideExecutable = runPath("$ORIGIN/lib")

let ctorch: Target =
  if let shimFolder {
    .target(
      name: "CTorch", dependencies: ["CRondoKernels"], sources: ["ShimOnly.c"],
      linkerSettings: [
        .linkedLibrary("CTorch"),
        .unsafeFlags(["-L\(shimFolder)"] + besideExecutable + runPath(shimFolder)),
      ])
  } else {
    .target(
      name: "CTorch", dependencies: ["CRondoKernels"], exclude: ["ShimOnly.c"],
      cxxSettings: [
        .define("NDEBUG"),
        .unsafeFlags([
          "-isystem", "\(libTorch)/include",
          "-isystem", "\(libTorch)/include/torch/csrc/api/include",
        ]),
      ],
      linkerSettings: [
        .linkedLibrary("torch_cpu"), .linkedLibrary("c10"),
        .linkedLibrary(":libgomp.so.1", .when(platforms: [.linux])),
        .unsafeFlags(["-L\(libTorch)/lib"] + besideExecutable + runPath("\(libTorch)/lib")),
      ])
  }

/// A target of this package and its tests.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> [Target] {
  [
    .target(name: name, dependencies: dependencies),
    .testTarget(
      name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies + testSupport(name)),
  ]
}

/// The golden reader and the law checkers, which the rooms without tensors do without.
func testSupport(_ name: String) -> [Target.Dependency] {
  ["RondoText", "RondoPlots", "RondoMetrics"].contains(name)
    ? [] : ["RondoTestSupport"]
}

let package = Package(
  name: "rondo",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Rondo", targets: ["Rondo"]),
    .library(name: "RondoText", targets: ["RondoText"]),
    .library(name: "RondoPlots", targets: ["RondoPlots"]),
    .library(name: "RondoMetrics", targets: ["RondoMetrics"]),
    .executable(name: "rondo", targets: ["RondoCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(
      name: "CRondoKernels",
      cxxSettings: [.define("NDEBUG"), .unsafeFlags(["-O3"])]),
    ctorch,
    .target(name: "RondoTestSupport", dependencies: ["RondoTensor", "RondoLayers", "RondoModels"]),
    .testTarget(name: "CRondoKernelsTests", dependencies: ["CRondoKernels"]),
    .target(
      name: "Rondo",
      dependencies: [
        "RondoText", "RondoTensor", "RondoPlots", "RondoMetrics", "RondoData", "RondoLayers",
        "RondoModels", "RondoCheckpoints", "RondoDecoding", "RondoTraining",
      ]),
    // Every room by name: what comes only through a re-export is not rebuilt when it changes.
    .testTarget(
      name: "RondoTests",
      dependencies: [
        "Rondo", "RondoText", "RondoTensor", "RondoPlots", "RondoMetrics", "RondoData",
        "RondoLayers", "RondoModels", "RondoCheckpoints", "RondoDecoding", "RondoTraining",
        "RondoTestSupport",
      ]),
    .executableTarget(
      name: "RondoCommand",
      dependencies: [
        "RondoRecipes", "RondoTraining", "RondoCheckpoints", "RondoData", "RondoText",
        "RondoTensor", "RondoPlots",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "RondoCommandTests",
      dependencies: [
        "RondoCommand", "RondoRecipes", "RondoTraining", "RondoCheckpoints", "RondoTensor",
        "RondoTestSupport",
      ]),
  ]
    + room("RondoText")
    + room("RondoPlots")
    + room("RondoMetrics")
    + room("RondoTensor", ["CTorch"])
    + room("RondoData", ["RondoText", "RondoTensor"])
    + room("RondoLayers", ["RondoTensor"])
    + room("RondoModels", ["RondoLayers", "RondoTensor"])
    + room("RondoDecoding", ["RondoModels", "RondoLayers", "RondoTensor"])
    + room("RondoCheckpoints", ["RondoLayers", "RondoTensor"])
    + room(
      "RondoTraining",
      [
        "RondoCheckpoints", "RondoModels", "RondoLayers", "RondoData", "RondoMetrics",
        "RondoTensor",
      ])
    + room(
      "RondoRecipes",
      [
        "RondoTraining", "RondoCheckpoints", "RondoDecoding", "RondoModels", "RondoLayers",
        "RondoData", "RondoText", "RondoTensor", "RondoPlots", "RondoMetrics",
      ]),
  cxxLanguageStandard: .cxx20
)
