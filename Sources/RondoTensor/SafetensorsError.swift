/// Why a safetensors file was rejected.
public struct SafetensorsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Hashable, Sendable {
    /// The operating system could not read the file, for the given reason.
    case unreadable(String)
    /// The file ends before its header does.
    case cutOffInHeader(byteCount: Int)
    /// The header is longer than ``SafetensorsHeader/byteLimit``.
    case longHeader(byteCount: UInt64)
    /// The header is not the expected JSON.
    case malformed(byte: Int, expected: String)
    /// A key occurs twice.
    case repeated
    /// A tensor's entry lacks a required field.
    case missing
    /// A tensor's entry has a field that the format does not define.
    case unknown
    /// The elements have a type that Rondo does not have.
    case unsupportedType(String)
    /// A number, or a product of sizes, is larger than any file.
    case overflow
    /// A tensor has more axes than LibTorch can handle.
    case manyAxes(Int)
    /// The byte range ends before it begins.
    case reversedRange(from: Int, to: Int)
    /// The byte range does not have the length implied by type and shape.
    case wrongLength(expected: Int, found: Int)
    /// The tensor shares bytes with the one before it.
    case overlap(byte: Int)
    /// No tensor describes the bytes before this one.
    case hole(byte: Int)
    /// The file does not end where the last tensor does.
    case wrongEnd(expected: Int, found: Int)
    /// The file has no such tensor.
    case noSuchTensor
  }

  /// The file, as it was named by the caller.
  public let file: String
  /// The tensor or the field of the header, or `nil` for the file as a whole.
  public let field: String?
  /// What is wrong.
  public let problem: Problem

  /// Creates an error.
  public init(file: String, field: String? = nil, problem: Problem) {
    self.file = file
    self.field = field
    self.problem = problem
  }

  /// One sentence that says what, where and what to do.
  public var description: String {
    switch problem {
    case .unreadable(let reason): "cannot read \(file): \(reason)"
    case .noSuchTensor: "\(place) is not in the file; is it a file of another model?"
    case .unsupportedType(let type):
      "\(place) has elements of type \(type), which Rondo does not have; convert it first"
    case .manyAxes(let count):
      "\(place) has \(count) axes, and at most \(SafetensorsHeader.axisLimit) are supported"
    case .longHeader(let count):
      "\(file) is no safetensors file: it begins with a header length of \(count) bytes, "
        + "and at most \(SafetensorsHeader.byteLimit) are allowed"
    default: "\(place) is damaged: \(damage); fetch or write the file again"
    }
  }

  private var place: String {
    guard let field else { return file }
    return "'\(Self.shortened(field))' in \(file)"
  }

  private var damage: String {
    switch problem {
    case .cutOffInHeader(let count): "it ends after \(count) bytes, inside its header"
    case .malformed(let byte, let expected): "byte \(byte) of the header should be \(expected)"
    case .repeated: "it is described twice"
    case .missing: "this field is missing"
    case .unknown: "the format has no such field"
    case .overflow: "its numbers are too large for any file"
    case .reversedRange(let from, let to): "its bytes run backwards, from \(from) to \(to)"
    case .wrongLength(let expected, let found):
      "its type and shape need \(expected) bytes and it has \(found)"
    case .overlap(let byte): "it begins at byte \(byte), inside another tensor"
    case .hole(let byte): "no tensor describes the bytes before \(byte)"
    case .wrongEnd(let expected, let found):
      "its tensors need \(expected) bytes after the header and it has \(found)"
    default: ""
    }
  }

  /// A tensor's name, shortened so that a damaged file cannot flood the message.
  private static func shortened(_ name: String) -> String {
    let visible = name.unicodeScalars.prefix(80).map { $0.value < 0x20 ? "?" : String($0) }.joined()
    return name.unicodeScalars.count > 80 ? visible + "…" : visible
  }
}
