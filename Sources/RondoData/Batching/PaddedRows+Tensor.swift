import RondoTensor

extension Tensor {
  /// Creates a tensor of padded identifiers, `[B, T]`.
  public init(_ rows: PaddedRows<Int>, on device: Device = .cpu) {
    self.init(ids: rows.values, shape: rows.shape, on: device)
  }

  /// Creates a tensor of padded single-precision numbers, `[B, T]` or `[B, T, E]`.
  public init(_ rows: PaddedRows<Float>, on device: Device = .cpu) {
    self.init(rows.values, shape: rows.shape, on: device)
  }

  /// Creates a tensor of padded double-precision numbers, `[B, T]` or `[B, T, E]`.
  public init(_ rows: PaddedRows<Double>, on device: Device = .cpu) {
    self.init(rows.values, shape: rows.shape, on: device)
  }
}
