import Testing

extension Tag {
  /// Compares with answers that PyTorch computed.
  @Tag public static var golden: Self
  /// Takes more than a few seconds.
  @Tag public static var slow: Self
  /// Needs a graphics processor.
  @Tag public static var gpu: Self
}
