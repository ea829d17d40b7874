/// The type of a tensor's elements.
public enum ScalarType: Int32, Sendable, CaseIterable {
  /// Eight bits without sign.
  case uint8 = 0
  /// Eight bits.
  case int8 = 1
  /// Sixteen bits.
  case int16 = 2
  /// Thirty-two bits.
  case int32 = 3
  /// Sixty-four bits: token identifiers, lengths and positions.
  case int64 = 4
  /// IEEE half precision.
  case float16 = 5
  /// IEEE single precision, the type of parameters.
  case float32 = 6
  /// IEEE double precision.
  case float64 = 7
  /// True or false.
  case bool = 11
  /// The upper half of a single-precision number.
  case bfloat16 = 15

  /// The number of bytes that one element takes.
  public var byteCount: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .int16, .float16, .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// Whether elements are real numbers, so that they can have a gradient.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .float32, .float64, .bfloat16: true
    default: false
    }
  }
}
