/// The type of a tensor's elements.
public enum ScalarType: Int32, Sendable, CaseIterable {
  /// Eight-bit unsigned integers.
  case uint8 = 0
  /// Eight-bit integers.
  case int8 = 1
  /// 16-bit integers.
  case int16 = 2
  /// 32-bit integers.
  case int32 = 3
  /// 64-bit integers: token identifiers, lengths and positions.
  case int64 = 4
  /// IEEE half precision floating point.
  case float16 = 5
  /// IEEE single precision floating point, the type of parameters.
  case float32 = 6
  /// IEEE double precision floating point.
  case float64 = 7
  /// Booleans.
  case bool = 11
  /// Brain floating point, the upper 16 bits of a single-precision number.
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

  /// Whether elements are floating-point numbers, the only ones that can have a gradient.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .float32, .float64, .bfloat16: true
    default: false
    }
  }
}
