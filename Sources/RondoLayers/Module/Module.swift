import RondoTensor

/// A part of a network: parameters, smaller modules, and the function they define.
///
/// A module is a structure whose stored properties are its parts. It declares nothing else: the
/// names of the properties become the names of the parameters, in checkpoints and in printed
/// summaries. Each module chooses the signature of its `callAsFunction`, because an attention and
/// an embedding do not take the same input.
///
/// A stored property is a part when it is a parameter, a module, or an optional or an array of
/// either. Anything else is a hyperparameter. A module that wraps one of several others, such as
/// ``RecurrentLayer``, exposes the parts of the wrapped one through `CustomReflectable`.
///
/// Repeat layers with a closure, `(0..<count).map { _ in Block(…) }`; `Array(repeating:count:)`
/// would share the parameters of a single block.
///
/// Printing a module draws the tree of its parts.
public protocol Module: CustomStringConvertible {}

/// A module that maps one tensor to one tensor.
public protocol UnaryModule: Module {
  /// Applies the module.
  ///
  /// - Parameter x: Features, `[…, features]`, or for an embedding token identifiers, `[…]`.
  /// - Returns: Features, `[…, features]`.
  func callAsFunction(_ x: Tensor) -> Tensor
}
