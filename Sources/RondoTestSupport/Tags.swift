import Testing

extension Tag {
  /// Compares with answers that a reference computed.
  @Tag public static var golden: Self
  /// Takes seconds.
  @Tag public static var slow: Self
  /// Needs a graphics processor.
  @Tag public static var gpu: Self
}
