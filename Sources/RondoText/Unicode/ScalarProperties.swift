/// The properties of a scalar that tokenizers need.
struct ScalarProperties: Hashable, Sendable {
  /// The general category, in the order of the generated tables.
  enum Category: UInt8 {
    case unassigned, uppercaseLetter, lowercaseLetter, titlecaseLetter, modifierLetter, otherLetter
    case nonspacingMark, spacingMark, enclosingMark
    case decimalNumber, letterNumber, otherNumber
    case connectorPunctuation, dashPunctuation, openPunctuation, closePunctuation
    case initialPunctuation, finalPunctuation, otherPunctuation
    case mathSymbol, currencySymbol, modifierSymbol, otherSymbol
    case spaceSeparator, lineSeparator, paragraphSeparator
    case control, format, surrogate, privateUse
  }

  /// Category in five bits, then white space, then word character.
  let rawValue: UInt8

  /// The general category.
  var category: Category { Category(rawValue: rawValue & 31) ?? .unassigned }
  /// Whether the scalar is a letter, `\p{L}`.
  var isLetter: Bool { (1...5).contains(rawValue & 31) }
  /// Whether the scalar is a mark, `\p{M}`.
  var isMark: Bool { (6...8).contains(rawValue & 31) }
  /// Whether the scalar is a number, `\p{N}`.
  var isNumber: Bool { (9...11).contains(rawValue & 31) }
  /// Whether the scalar is punctuation, `\p{P}`.
  var isPunctuation: Bool { (12...18).contains(rawValue & 31) }
  /// Whether the scalar is a symbol, `\p{S}`.
  var isSymbol: Bool { (19...22).contains(rawValue & 31) }
  /// Whether the scalar is white space, `\s`.
  var isWhiteSpace: Bool { rawValue & 32 != 0 }
  /// Whether the scalar belongs to words, `\w`.
  var isWordCharacter: Bool { rawValue & 64 != 0 }

  /// Looks up the properties of a scalar.
  init(of scalar: UInt32) { rawValue = ScalarClasses.properties[scalar] }

  /// Creates properties from their generated value.
  init(rawValue: UInt8) { self.rawValue = rawValue }
}
