// MARK: - Arithmetic

extension Tensor {
  /// Adds two tensors, broadcasting.
  public static func + (left: Tensor, right: Tensor) -> Tensor { Operation.add(left, right) }
  /// Adds a number to every element.
  public static func + (left: Tensor, right: Double) -> Tensor { Operation.addScalar(left, right) }
  /// Adds a number to every element.
  public static func + (left: Double, right: Tensor) -> Tensor { Operation.addScalar(right, left) }

  /// Subtracts two tensors, broadcasting.
  public static func - (left: Tensor, right: Tensor) -> Tensor { Operation.subtract(left, right) }
  /// Subtracts a number from every element.
  public static func - (left: Tensor, right: Double) -> Tensor { Operation.addScalar(left, -right) }
  /// Subtracts every element from a number.
  public static func - (left: Double, right: Tensor) -> Tensor { Operation.reverse(right, left) }
  /// Negates every element.
  public static prefix func - (x: Tensor) -> Tensor { Operation.negate(x) }

  /// Multiplies two tensors element by element, broadcasting.
  public static func * (left: Tensor, right: Tensor) -> Tensor { Operation.multiply(left, right) }
  /// Multiplies every element by a number.
  public static func * (left: Tensor, right: Double) -> Tensor { Operation.scale(left, right) }
  /// Multiplies every element by a number.
  public static func * (left: Double, right: Tensor) -> Tensor { Operation.scale(right, left) }

  /// Divides two tensors element by element, broadcasting.
  public static func / (left: Tensor, right: Tensor) -> Tensor { Operation.divide(left, right) }
  /// Divides every element by a number.
  public static func / (left: Tensor, right: Double) -> Tensor {
    Operation.divideScalar(left, right)
  }
  /// Divides a number by every element.
  public static func / (left: Double, right: Tensor) -> Tensor {
    Operation.scale(Operation.reciprocal(right), left)
  }
}

// MARK: - Functions

extension Tensor {
  /// Returns e to the power of every element.
  public func exponential() -> Tensor { Operation.exponential(self) }
  /// Returns the natural logarithm of every element.
  public func logarithm() -> Tensor { Operation.logarithm(self) }
  /// Returns the hyperbolic tangent of every element.
  public func tanh() -> Tensor { Operation.tanh(self) }
  /// Returns the logistic sigmoid of every element.
  public func sigmoid() -> Tensor { Operation.sigmoid(self) }
  /// Returns every element, or zero where it is negative.
  public func relu() -> Tensor { Operation.relu(self) }
  /// Returns the Gaussian error linear unit of every element.
  ///
  /// - Parameter isApproximate: Whether to use the tanh approximation, as GPT-2 does.
  /// - Returns: x Φ(x) for every element x.
  public func gelu(isApproximate: Bool = false) -> Tensor {
    Operation.gelu(self, isApproximate ? "tanh" : "none")
  }
  /// Returns the square root of every element.
  public func squareRoot() -> Tensor { Operation.squareRoot(self) }
  /// Returns the square of every element.
  public func squared() -> Tensor { Operation.multiply(self, self) }
  /// Returns every element to the power of `exponent`.
  public func power(_ exponent: Double) -> Tensor { Operation.power(self, exponent) }
  /// Returns the absolute value of every element.
  public func absolute() -> Tensor { Operation.absolute(self) }
  /// Returns the sine of every element in radians.
  public func sine() -> Tensor { Operation.sine(self) }
  /// Returns the cosine of every element in radians.
  public func cosine() -> Tensor { Operation.cosine(self) }
  /// Returns every element clamped to a range.
  public func clamped(to range: ClosedRange<Double>) -> Tensor {
    Operation.clamp(self, range.lowerBound, range.upperBound)
  }
}

// MARK: - Truth

extension Tensor {
  /// Returns true where an identifier equals `id`.
  public func isEqual(to id: Int) -> Tensor { Operation.equalScalar(self, id) }
  /// Returns true where two tensors are equal, broadcasting.
  public func isEqual(to other: Tensor) -> Tensor { Operation.equal(self, other) }
  /// Returns true where an identifier differs from `id`.
  public func isNot(_ id: Int) -> Tensor { Operation.notEqualScalar(self, id) }
  /// Returns true where an element is less than `value`.
  public func isLess(than value: Double) -> Tensor { Operation.lessScalar(self, value) }
  /// Returns true where an element is less than that of another tensor, broadcasting.
  public func isLess(than other: Tensor) -> Tensor { Operation.less(self, other) }
  /// Returns true where an element is greater than `value`.
  public func isGreater(than value: Double) -> Tensor { Operation.greaterScalar(self, value) }
  /// Returns true where an element is greater than that of another tensor, broadcasting.
  public func isGreater(than other: Tensor) -> Tensor { Operation.greater(self, other) }
  /// Returns true where both are true, broadcasting.
  public func and(_ other: Tensor) -> Tensor { Operation.and(self, other) }
  /// Returns true where either is true, broadcasting.
  public func or(_ other: Tensor) -> Tensor { Operation.or(self, other) }
  /// Returns true where this is false.
  public func not() -> Tensor { Operation.not(self) }
  /// Returns true where an element is neither infinite nor NaN.
  public func isFinite() -> Tensor { Operation.isFinite(self) }

  /// Returns the elements, replaced by `value` where `condition` is true.
  public func replacing(with value: Double, where condition: Tensor) -> Tensor {
    Operation.maskedFill(self, condition, value)
  }
  /// Returns the elements, replaced by those of `other` where `condition` is true, broadcasting.
  public func replacing(with other: Tensor, where condition: Tensor) -> Tensor {
    Operation.choose(condition, other, self)
  }
}

extension Operation {
  fileprivate static let add = Operation("aten::add", "Tensor")
  fileprivate static let addScalar = Operation("aten::add", "Scalar")
  fileprivate static let subtract = Operation("aten::sub", "Tensor")
  fileprivate static let reverse = Operation("aten::rsub", "Scalar")
  fileprivate static let negate = Operation("aten::neg")
  fileprivate static let multiply = Operation("aten::mul", "Tensor")
  fileprivate static let scale = Operation("aten::mul", "Scalar")
  fileprivate static let divide = Operation("aten::div", "Tensor")
  fileprivate static let divideScalar = Operation("aten::div", "Scalar")
  fileprivate static let reciprocal = Operation("aten::reciprocal")
  fileprivate static let exponential = Operation("aten::exp")
  fileprivate static let logarithm = Operation("aten::log")
  fileprivate static let tanh = Operation("aten::tanh")
  fileprivate static let sigmoid = Operation("aten::sigmoid")
  fileprivate static let relu = Operation("aten::relu")
  fileprivate static let gelu = Operation("aten::gelu")
  fileprivate static let squareRoot = Operation("aten::sqrt")
  fileprivate static let power = Operation("aten::pow", "Tensor_Scalar")
  fileprivate static let absolute = Operation("aten::abs")
  fileprivate static let sine = Operation("aten::sin")
  fileprivate static let cosine = Operation("aten::cos")
  fileprivate static let clamp = Operation("aten::clamp")
  fileprivate static let equal = Operation("aten::eq", "Tensor")
  fileprivate static let equalScalar = Operation("aten::eq", "Scalar")
  fileprivate static let notEqualScalar = Operation("aten::ne", "Scalar")
  fileprivate static let less = Operation("aten::lt", "Tensor")
  fileprivate static let lessScalar = Operation("aten::lt", "Scalar")
  fileprivate static let greater = Operation("aten::gt", "Tensor")
  fileprivate static let greaterScalar = Operation("aten::gt", "Scalar")
  fileprivate static let and = Operation("aten::logical_and")
  fileprivate static let or = Operation("aten::logical_or")
  fileprivate static let not = Operation("aten::logical_not")
  fileprivate static let isFinite = Operation("aten::isfinite")
  fileprivate static let maskedFill = Operation("aten::masked_fill", "Scalar")
  fileprivate static let choose = Operation("aten::where", "self")
}
