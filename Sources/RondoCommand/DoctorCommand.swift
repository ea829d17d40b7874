import ArgumentParser
import Foundation
import RondoCheckpoints
import RondoRecipes
import RondoTensor

/// `rondo doctor`: what this machine offers.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show versions, devices, threads, LibTorch's place, and how fast a product is.")

  @Flag(help: "Print JSON.") var json = false

  private struct Findings: Codable {
    var rondo: String
    var libTorch: String
    var libTorchPath: String
    var system: String
    var processors: Int
    var threads: Int
    var memoryGibibytes: Double
    var devices: [String]
    var productGigaflops: Double
  }

  func run() throws {
    let findings = examine()
    if json {
      try Terminal.write(jsonText(of: findings))
      return
    }
    try Terminal.write(
      """
      Rondo        \(findings.rondo)
      LibTorch     \(findings.libTorch) at \(findings.libTorchPath)
      system       \(findings.system)
      processors   \(findings.processors), \(findings.threads) used by LibTorch
      memory       \(String(format: "%.1f", findings.memoryGibibytes)) GiB
      devices      \(findings.devices.joined(separator: ", "))
      product      \(String(format: "%.0f", findings.productGigaflops)) GFLOP/s (1024 × 1024, float32)

      """)
  }

  private func examine() -> Findings {
    let info = ProcessInfo.processInfo
    let cards = (0..<8).map(Device.cuda).prefix(while: \.isAvailable)
    let devices = [Device.cpu] + cards + (Device.mps.isAvailable ? [.mps] : [])
    return Findings(
      rondo: rondoVersion, libTorch: libTorchVersion, libTorchPath: libTorchPath,
      system: info.operatingSystemVersionString, processors: info.activeProcessorCount,
      threads: Threads.count, memoryGibibytes: Double(info.physicalMemory) / Double(1 << 30),
      devices: devices.map(\.description), productGigaflops: productSpeed())
  }

  /// Multiplies matrices for a second.
  private func productSpeed() -> Double {
    let size = 1024
    let (left, right) = (
      Tensor(uniform: -1..<1, shape: [size, size]), Tensor(uniform: -1..<1, shape: [size, size])
    )
    _ = matmul(left, right)
    let start = ContinuousClock.now
    var count = 0
    while ContinuousClock.now - start < .seconds(1) {
      _ = matmul(left, right)
      count += 1
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return 2 * Double(size * size * size) * Double(count) / seconds / 1e9
  }
}
