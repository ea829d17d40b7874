import Foundation
import Testing

@testable import RondoText

@Suite("Damaged files of every format", .serialized)
struct DamagedFileTests {
  /// Whether an error says which file is damaged, and where.
  static func isExact(_ error: RondoTextError) -> Bool {
    func isKnown(_ file: String) -> Bool {
      file.contains("damaged.") || file.contains("hostile.") || file.contains("merges.file")
        || file.contains("/large/")
    }
    return switch error {
    case .damaged(let file, let place, let problem):
      isKnown(file) && !place.isEmpty && !problem.isEmpty
    case .unsupported(let file, let component): isKnown(file) && !component.isEmpty
    case .unrecognized(let file, _): isKnown(file)
    default: false
    }
  }

  /// All places of a file; in slow builds, of a long one only those at its ends.
  static func places(in sample: FileFormats.Sample) -> [Int] {
    let all = Array(sample.bytes.indices)
    #if DEBUG
    return all.count > 1000 ? all.prefix(30) + all.suffix(30) : all
    #else
    return all
    #endif
  }

  @Test("A sample of every format is whole")
  func samples() throws {
    for sample in try FileFormats.samples() {
      #expect(sample.error(of: sample.bytes) == nil, "\(sample.name)")
    }
  }

  @Test("Every truncation is refused with file and place, or is a whole file of fewer tokens")
  func truncations() throws {
    var vague: [String] = []
    for sample in try FileFormats.samples() {
      var refused = 0
      for length in Self.places(in: sample) {
        guard let error = sample.error(of: Array(sample.bytes[..<length])) else { continue }
        refused += 1
        if !Self.isExact(error) { vague.append("\(sample.name) cut at \(length): \(error)") }
      }
      let isJSON = sample.bytes.first == UInt8(ascii: "{")
      let least = isJSON ? Self.places(in: sample).count - 2 : 2
      #expect(refused >= least, "\(sample.name) \(refused)")
    }
    #expect(vague.isEmpty, "\(vague.count) errors, such as \(vague.prefix(5))")
  }

  @Test("Every flipped bit is refused with file and place, or makes another whole file")
  func bitFlips() throws {
    var vague: [String] = []
    for sample in try FileFormats.samples() {
      var refused = 0
      for position in Self.places(in: sample) {
        for bit in 0..<8 {
          var bytes = sample.bytes
          bytes[position] ^= 1 << UInt8(bit)
          guard let error = sample.error(of: bytes) else { continue }
          refused += 1
          if !Self.isExact(error) {
            vague.append("\(sample.name), bit \(bit) of byte \(position): \(error)")
          }
        }
      }
      #expect(refused > Self.places(in: sample).count / 2, "\(sample.name) \(refused)")
    }
    #expect(vague.isEmpty, "\(vague.count) errors, such as \(vague.prefix(5))")
  }
}
