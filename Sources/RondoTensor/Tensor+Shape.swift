extension Tensor {
  /// Returns the same elements in another shape, in which one size may be -1 to be inferred.
  public func reshaped(_ shape: Int...) -> Tensor { reshaped(shape) }
  /// Returns the same elements in another shape, in which one size may be -1 to be inferred.
  public func reshaped(_ shape: [Int]) -> Tensor { Operation.reshape(self, shape) }
  /// Returns a tensor in which the axes from `first` through `last` are merged into one.
  public func flattened(from first: Int, to last: Int) -> Tensor {
    Operation.flatten(self, first, last)
  }
  /// Returns a tensor with two axes swapped.
  public func transposed(_ first: Int, _ second: Int) -> Tensor {
    Operation.transpose(self, first, second)
  }
  /// Returns a tensor with its axes in another order.
  public func permuted(_ axes: Int...) -> Tensor { Operation.permute(self, axes) }
  /// Returns a tensor with a new axis of size one.
  public func expandedDimensions(axis: Int) -> Tensor { Operation.unsqueeze(self, axis) }
  /// Returns a tensor without an axis of size one.
  public func squeezed(axis: Int) -> Tensor {
    guard shape[axis < 0 ? axis + rank : axis] == 1 else {
      fatalError("squeezed: expected size 1 on axis \(axis) and found shape \(shape)")
    }
    return Operation.squeeze(self, axis)
  }
  /// Returns a tensor in which axes of size one are repeated to fill a shape.
  public func broadcast(to shape: [Int]) -> Tensor { Operation.expand(self, shape) }
  /// Returns `count` copies concatenated along an axis.
  public func repeated(_ count: Int, axis: Int) -> Tensor {
    concatenated(Array(repeating: self, count: count), axis: axis)
  }
  /// Returns a tensor in which each slice along an axis is repeated `count` times in a row.
  public func repeatingEach(_ count: Int, axis: Int) -> Tensor {
    Operation.repeatInterleave(self, count, axis)
  }
  /// Returns a tensor with the order along an axis reversed.
  public func reversed(axis: Int) -> Tensor { Operation.flip(self, [axis]) }

  /// Returns `count` parts of equal size along an axis.
  public func split(into count: Int, axis: Int) -> [Tensor] {
    let size = shape[axis < 0 ? axis + rank : axis]
    guard size.isMultiple(of: count) else {
      fatalError("split: axis \(axis) of shape \(shape) does not divide into \(count) equal parts")
    }
    return Operation.chunk.results(self, count, axis)
  }
  /// Returns `count` slices along an axis, beginning at `start`.
  public func narrowed(axis: Int, from start: Int, count: Int) -> Tensor {
    Operation.narrow(self, axis, start, count)
  }
  /// Returns the slice at one index of an axis, and removes the axis.
  public func selecting(_ index: Int, axis: Int) -> Tensor { Operation.select(self, axis, index) }
  /// Returns the slices at the indices, `[K]`, in that order.
  public func selecting(_ indices: Tensor, axis: Int) -> Tensor {
    Operation.indexSelect(self, axis, indices)
  }
  /// Returns one element along an axis for each index, like PyTorch's `gather`; `indices` has the
  /// rank of this tensor.
  public func gathering(_ indices: Tensor, axis: Int) -> Tensor {
    Operation.gather(self, axis, indices)
  }
}

/// Returns the tensors joined along an existing axis.
public func concatenated(_ tensors: [Tensor], axis: Int) -> Tensor {
  Operation.concatenate(tensors, axis)
}

/// Returns the tensors joined along a new axis.
public func stacked(_ tensors: [Tensor], axis: Int) -> Tensor { Operation.stack(tensors, axis) }

// MARK: - Subscripts

/// An index into one axis: an integer, which removes the axis, or a range.
public protocol TensorIndex {
  /// Returns the part of `tensor` selected along `axis`.
  func part(of tensor: Tensor, axis: Int) -> Tensor
  /// Whether the subscript removes the axis.
  static var removesAxis: Bool { get }
}

extension Int: TensorIndex {
  /// Returns the slice at this index; a negative index counts from the end.
  public func part(of tensor: Tensor, axis: Int) -> Tensor { tensor.selecting(self, axis: axis) }
  /// An index removes its axis.
  public static var removesAxis: Bool { true }
}

extension TensorIndex where Self: RangeExpression, Self.Bound == Int {
  /// Returns the slices in this range.
  public func part(of tensor: Tensor, axis: Int) -> Tensor {
    let range = relative(to: 0..<tensor.shape[axis])
    return tensor.narrowed(axis: axis, from: range.lowerBound, count: range.count)
  }
  /// A range keeps its axis.
  public static var removesAxis: Bool { false }
}

extension Range: TensorIndex where Bound == Int {}
extension ClosedRange: TensorIndex where Bound == Int {}
extension PartialRangeFrom: TensorIndex where Bound == Int {}
extension PartialRangeUpTo: TensorIndex where Bound == Int {}
extension PartialRangeThrough: TensorIndex where Bound == Int {}

extension Tensor {
  /// The selected part, one index per axis from the first: `x[0..., 1..<3, -1]`.
  public subscript(_ indices: any TensorIndex...) -> Tensor {
    var (part, axis) = (self, 0)
    for index in indices {
      part = index.part(of: part, axis: axis)
      if !Swift.type(of: index).removesAxis { axis += 1 }
    }
    return part
  }
}

extension Operation {
  fileprivate static let reshape = Operation("aten::reshape")
  fileprivate static let flatten = Operation("aten::flatten", "using_ints")
  fileprivate static let transpose = Operation("aten::transpose", "int")
  fileprivate static let permute = Operation("aten::permute")
  fileprivate static let unsqueeze = Operation("aten::unsqueeze")
  fileprivate static let squeeze = Operation("aten::squeeze", "dim")
  fileprivate static let expand = Operation("aten::expand")
  fileprivate static let repeatInterleave = Operation("aten::repeat_interleave", "self_int")
  fileprivate static let flip = Operation("aten::flip")
  fileprivate static let chunk = Operation("aten::chunk")
  fileprivate static let narrow = Operation("aten::narrow")
  fileprivate static let select = Operation("aten::select", "int")
  fileprivate static let indexSelect = Operation("aten::index_select")
  fileprivate static let gather = Operation("aten::gather")
  fileprivate static let concatenate = Operation("aten::cat")
  fileprivate static let stack = Operation("aten::stack")
}
