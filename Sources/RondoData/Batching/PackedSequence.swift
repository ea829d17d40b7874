import RondoTensor

/// Sequences of different lengths without padding: all first steps, all second steps, and so on.
///
/// ```text
/// a b c        row 0            step 0   d a h
/// d e f g      row 1            step 1   e b
/// h            row 2            step 2   f c
///                               step 3   g
/// ```
///
/// Within a step the longest row comes first, so the rows that still continue are always the first
/// ones. Rows may be given in any order and may be empty. Packing and unpacking are differentiable.
public struct PackedSequence {
  /// The steps, `[N, …]`, where N is the sum of the lengths.
  public let data: Tensor
  /// For each step, the number of rows that reach it.
  public let rowCounts: [Int]
  /// The row indices from the longest row to the shortest, equally long ones in the given order.
  public let order: [Int]
  /// The length of each row, in the given order.
  public let lengths: [Int]

  /// Packs padded rows.
  ///
  /// - Parameters:
  ///   - x: Padded rows, `[B, T, …]`, on any device.
  ///   - lengths: The length of each row, from 0 to T.
  public init(_ x: Tensor, lengths: [Int]) {
    let shape = x.shape
    guard shape.count >= 2, shape[0] == lengths.count,
      lengths.allSatisfy({ (0...shape[1]).contains($0) })
    else { fatalError("packing rows of shape \(shape) does not go with lengths \(lengths)") }
    self.lengths = lengths
    let order = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
    self.order = order
    rowCounts = (0..<(lengths.max() ?? 0)).map { step in lengths.count { $0 > step } }
    let places = rowCounts.enumerated().flatMap { step, count in
      order.prefix(count).map { $0 * shape[1] + step }
    }
    data = x.flattened(from: 0, to: 1).selecting(places, axis: 0)
  }

  /// Returns the rows with padding, as they were before packing.
  ///
  /// - Parameters:
  ///   - value: The padding value.
  ///   - width: T, at least the longest length, which is the default.
  /// - Returns: Padded rows, `[B, T, …]`, in the given order.
  public func unpacked(with value: Double = 0, width: Int? = nil) -> Tensor {
    let width = width ?? rowCounts.count
    guard width >= rowCounts.count else {
      fatalError("rows of \(rowCounts.count) steps do not fit into a width of \(width)")
    }
    var places = [Int](repeating: data.shape[0], count: lengths.count * width)
    var start = 0
    for (step, count) in rowCounts.enumerated() {
      for rank in 0..<count { places[order[rank] * width + step] = start + rank }
      start += count
    }
    return rows(from: data, at: places, paddedWith: value, shape: [lengths.count, width])
  }
}

/// Stacks tensors of different lengths, padded to the longest.
///
/// - Parameters:
///   - sequences: Tensors of one type, `[Tᵢ, …]`, at least one; a length may be 0.
///   - value: The padding value, converted to their type.
/// - Returns: The padded tensors, `[B, T, …]`.
public func padded(_ sequences: [Tensor], with value: Double = 0) -> Tensor {
  let lengths = sequences.map { $0.shape[0] }
  let width = lengths.max() ?? 0
  let data = concatenated(sequences, axis: 0)
  var places = [Int](repeating: data.shape[0], count: lengths.count * width)
  var start = 0
  for (row, length) in lengths.enumerated() {
    for step in 0..<length { places[row * width + step] = start + step }
    start += length
  }
  return rows(from: data, at: places, paddedWith: value, shape: [lengths.count, width])
}

/// Selects steps of `data`, `[N, …]`, where index N stands for padding.
private func rows(
  from data: Tensor, at places: [Int], paddedWith value: Double, shape: [Int]
) -> Tensor {
  let stepShape = Array(data.shape.dropFirst())
  let padding = Tensor(repeating: value, shape: [1] + stepShape, like: data)
  return concatenated([data, padding], axis: 0).selecting(places, axis: 0)
    .reshaped(shape + stepShape)
}

extension Tensor {
  fileprivate func selecting(_ places: [Int], axis: Int) -> Tensor {
    selecting(Tensor(ids: places, shape: [places.count], on: device), axis: axis)
  }
}
