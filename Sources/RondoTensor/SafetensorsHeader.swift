/// The header of a safetensors file: the name, type, shape and byte range of each tensor.
///
/// A file is the length of the header in eight bytes, the header as JSON, and the elements of all
/// tensors, one tensor after another without gaps:
///
/// ```text
/// {"__metadata__": {"key": "value"}, "weight": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}
/// ```
///
/// - Source: Hugging Face, [safetensors](https://github.com/huggingface/safetensors), format.
public struct SafetensorsHeader: Hashable, Sendable {
  /// The longest header that is accepted, in bytes.
  public static let byteLimit = 16 << 20
  /// The largest number of axes of a tensor, which is LibTorch's.
  public static let axisLimit = 64

  /// One tensor of a file.
  public struct Entry: Hashable, Sendable {
    /// The name of the tensor.
    public let name: String
    /// The type of its elements.
    public let type: ScalarType
    /// The size of every axis.
    public let shape: [Int]
    /// The range of its bytes, counted from the end of the header.
    public let bytes: Range<Int>
  }

  /// The tensors, in the order in which their bytes are stored.
  public let entries: [Entry]
  /// Text entries describing the file, from `__metadata__`.
  public let metadata: [String: String]

  /// The number of bytes that all tensors take.
  public var dataByteCount: Int { entries.last?.bytes.upperBound ?? 0 }
}

// MARK: - Types

extension ScalarType {
  /// The name of the type in a safetensors file.
  var safetensorsName: String {
    switch self {
    case .bool: "BOOL"
    case .uint8: "U8"
    case .int8: "I8"
    case .int16: "I16"
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .int32: "I32"
    case .float32: "F32"
    case .float64: "F64"
    case .int64: "I64"
    }
  }

  /// The rank of the type in the order in which the reference library writes tensors, last first.
  var safetensorsOrder: Int {
    switch self {
    case .bool: 0
    case .uint8: 1
    case .int8: 2
    case .int16: 3
    case .float16: 4
    case .bfloat16: 5
    case .int32: 6
    case .float32: 7
    case .float64: 8
    case .int64: 9
    }
  }

  /// Creates the type with a safetensors name such as `F32`.
  init?(safetensorsName name: String) {
    guard let type = Self.allCases.first(where: { $0.safetensorsName == name }) else { return nil }
    self = type
  }
}
