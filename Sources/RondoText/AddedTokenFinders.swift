import Synchronization

/// Matches the added tokens of a tokenizer, in text before and after normalization.
struct AddedTokenFinders: Sendable {
  /// The two finders for one choice of allowed special tokens.
  struct Pair: Sendable {
    var raw: AddedTokenFinder
    var normalized: AddedTokenFinder

    /// Whether there is nothing to find.
    var isEmpty: Bool { raw.isEmpty && normalized.isEmpty }

    init(_ tokens: [AddedToken], normalizer: (any Normalizer)?) {
      // Special tokens come first where two are spelled the same after normalization.
      let ordered = tokens.filter(\.isSpecial) + tokens.filter { !$0.isSpecial }
      raw = AddedTokenFinder(ordered.filter { !$0.isNormalized })
      normalized = AddedTokenFinder(ordered.filter(\.isNormalized), normalizer: normalizer)
    }
  }

  private let tokens: [AddedToken]
  private let normalizer: (any Normalizer)?
  private let all: Pair
  private let ordinary: Pair
  private let chosen = Chosen()

  /// A cache of the finders for the last choice of special tokens, which callers usually repeat.
  private final class Chosen: Sendable {
    let last = Mutex<(texts: Set<String>, pair: Pair)?>(nil)
  }

  init(_ tokens: [AddedToken], normalizer: (any Normalizer)?) {
    self.tokens = tokens
    self.normalizer = normalizer
    all = Pair(tokens, normalizer: normalizer)
    ordinary = Pair(tokens.filter { !$0.isSpecial }, normalizer: normalizer)
  }

  /// Returns the finders that match only allowed tokens.
  func finding(_ allowed: AllowedSpecialTokens) -> Pair {
    switch allowed {
    case .none: return ordinary
    case .all: return all
    case .only(let allowed):
      let texts = Set(allowed.map(\.text))
      return chosen.last.withLock { last in
        if let last, last.texts == texts { return last.pair }
        let pair = Pair(
          tokens.filter { !$0.isSpecial || texts.contains($0.text) }, normalizer: normalizer)
        last = (texts, pair)
        return pair
      }
    }
  }
}
