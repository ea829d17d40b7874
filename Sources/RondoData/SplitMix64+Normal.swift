#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension SplitMix64 {
  /// Returns a number from the standard normal distribution.
  ///
  /// ```text
  /// z = √(−2 ln u) cos 2πv       u in 0<…≤1, v in 0..<1
  /// ```
  ///
  /// - Source: Box and Muller,
  ///   [A Note on the Generation of Random Normal Deviates](https://doi.org/10.1214/aoms/1177706645),
  ///   1958.
  public mutating func normal() -> Double {
    let (u, v) = (1 - unit(), unit())
    return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
  }
}
