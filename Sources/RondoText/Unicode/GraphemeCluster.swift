/// How a scalar behaves at the borders of grapheme clusters, in the order of the generated table.
enum GraphemeClass: UInt8 {
  case other, carriageReturn, lineFeed, control, extend, zeroWidthJoiner, spacingMark, prepend
  case regionalIndicator, pictograph
  case hangulL, hangulV, hangulT, hangulLV, hangulLVT

  /// Looks up the class of a scalar.
  init(of scalar: UInt32) { self = Self(rawValue: ScalarClasses.grapheme[scalar]) ?? .other }
}

/// A grapheme cluster that takes one scalar after the other: a letter with its accents, a flag.
///
/// Clusters are those of `\X` in Hugging Face's library, whatever the Swift on which this runs. It
/// does not join the consonants of Indic scripts across a virama, as Swift's `Character` does.
///
/// - Source: [Unicode Standard Annex 29](https://www.unicode.org/reports/tr29/tr29-45.html),
///   Unicode Text Segmentation, Unicode 16, table 1a, without rule GB9c.
struct GraphemeCluster {
  private var last: GraphemeClass
  /// Whether it is a pictograph with marks, or with a joiner, which joins another one to it.
  private var isPictograph: Bool
  /// Whether another regional indicator makes it a flag.
  private var isHalfFlag: Bool

  /// Starts a cluster.
  init(_ first: GraphemeClass) {
    last = first
    isPictograph = first == .pictograph
    isHalfFlag = first == .regionalIndicator
  }

  /// Takes the next scalar if it belongs to the cluster; returns whether it does.
  mutating func takes(_ next: GraphemeClass) -> Bool {
    guard joins(next) else { return false }
    switch next {
    case .pictograph: isPictograph = true
    case .extend, .zeroWidthJoiner: isPictograph = isPictograph && last != .zeroWidthJoiner
    default: isPictograph = false
    }
    isHalfFlag = next == .regionalIndicator && !isHalfFlag
    last = next
    return true
  }

  private func joins(_ next: GraphemeClass) -> Bool {
    switch (last, next) {
    case (.carriageReturn, .lineFeed): true
    case (.carriageReturn, _), (.lineFeed, _), (.control, _): false
    case (_, .carriageReturn), (_, .lineFeed), (_, .control): false
    case (_, .extend), (_, .zeroWidthJoiner), (_, .spacingMark), (.prepend, _): true
    case (.hangulL, .hangulL), (.hangulL, .hangulV): true
    case (.hangulL, .hangulLV), (.hangulL, .hangulLVT): true
    case (.hangulLV, .hangulV), (.hangulLV, .hangulT): true
    case (.hangulV, .hangulV), (.hangulV, .hangulT): true
    case (.hangulLVT, .hangulT), (.hangulT, .hangulT): true
    case (.zeroWidthJoiner, .pictograph): isPictograph
    case (.regionalIndicator, .regionalIndicator): isHalfFlag
    default: false
    }
  }
}
