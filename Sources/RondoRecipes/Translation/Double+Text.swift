import Foundation

extension Double {
  /// The number with a fixed number of decimal places.
  func rounded(places: Int) -> String { String(format: "%.\(places)f", self) }

  /// The natural logarithm.
  var logarithm: Double { log(self) }
}
