import CRondoKernels
import Dispatch
import Testing

/// All tests of the kernels, one at a time, because the instruction set is chosen for the process.
@Suite(.serialized)
struct KernelTests {
  /// The instruction sets of this machine, the best one last.
  static let instructionSets: [rondo_instruction_set] = {
    rondo_limit_instruction_set(RONDO_AVX512)
    let best = rondo_current_instruction_set().rawValue
    return [RONDO_PORTABLE, RONDO_AVX2, RONDO_AVX512].filter { $0.rawValue <= best }
  }()
}

/// Runs a test on every instruction set of this machine.
func onEachInstructionSet(_ body: () throws -> Void) rethrows {
  defer { rondo_limit_instruction_set(RONDO_AVX512) }
  for instructionSet in KernelTests.instructionSets {
    rondo_limit_instruction_set(instructionSet)
    try body()
  }
}

/// A parallel loop over Dispatch's threads.
func makeWorkers(_ count: Int) -> rondo_workers {
  rondo_workers(count: Int64(count)) { count, task, context in
    nonisolated(unsafe) let context = context
    DispatchQueue.concurrentPerform(iterations: Int(count)) { task?(context, Int64($0)) }
  }
}

/// Aligned memory as the kernels want it.
///
/// What nobody has written is NaN, and stays visible.
final class Floats {
  let start: UnsafeMutablePointer<Float>
  let count: Int

  init(count: Int) {
    self.count = count
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: Int(RONDO_ALIGNMENT))
    start = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    start.initialize(repeating: .nan, count: max(count, 1))
  }

  /// Random numbers around zero.
  convenience init(count: Int, scale: Float = 1, using generator: inout SplitMix) {
    self.init(count: count)
    for index in 0..<count { start[index] = scale * generator.number() }
  }

  deinit { start.deallocate() }

  var values: [Float] { Array(UnsafeBufferPointer(start: start, count: count)) }
  var readable: UnsafePointer<Float> { UnsafePointer(start) }
}

/// A small generator with a seed (SplitMix64, Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func number() -> Float { Float.random(in: -1..<1, using: &self) }
}

/// Expects numbers to be close, relative to the largest of them, and names the worst.
func expectClose(
  _ found: Floats, _ expected: Floats, within tolerance: Float, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let (found, expected) = (found.values, expected.values)
  let scale = expected.reduce(1) { max($0, abs($1)) }
  let isClose = zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance * scale }
  guard !isClose || found.count != expected.count else { return }
  let worst = zip(found, expected).enumerated()
    .first { !(abs($1.0 - $1.1) <= tolerance * scale) }
  Issue.record(
    "\(what): \(String(describing: worst)), instruction set \(rondo_current_instruction_set())",
    sourceLocation: sourceLocation)
}

/// Expects two results to be the same bit for bit.
func expectSame(
  _ found: Floats, _ expected: Floats, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.values != expected.values else { return }
  let first = zip(found.values, expected.values).enumerated().first { $0.element.0 != $0.element.1 }
  Issue.record("\(what): \(String(describing: first))", sourceLocation: sourceLocation)
}
