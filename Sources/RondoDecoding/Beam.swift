/// The hypotheses that a beam search follows for one row of a batch.
struct Beam {
  /// The hypotheses that are still growing, most probable first.
  private(set) var running = [Draft()]
  private var finished: [Hypothesis] = []  // the best first, of equals the one found first
  private var cut: [Hypothesis] = []  // likewise
  private let search: BeamSearch
  private let maximumLength: Int
  private let penalty: LengthPenalty

  /// Starts with one empty hypothesis.
  ///
  /// - Parameters:
  ///   - search: The search and its options.
  ///   - maximumLength: The maximum number of tokens, including the end token.
  init(of search: BeamSearch, maximumLength: Int) {
    self.search = search
    self.maximumLength = maximumLength
    penalty = LengthPenalty(exponent: search.lengthPenalty)
  }

  /// Every hypothesis, best first; those that were cut short follow the finished ones.
  var ranked: [Hypothesis] { finished + cut }

  /// Extends the running hypotheses by one token.
  ///
  /// - Parameters:
  ///   - choices: The most probable tokens after each running hypothesis.
  ///   - weights: The attention weights of each hypothesis, or `nil` without attention.
  /// - Returns: For each hypothesis that is now running, the one it extends and the new token.
  mutating func advance(
    choices: ArraySlice<[TokenChoice]>, weights: ArraySlice<[Float]?>
  ) -> [Extension] {
    for (draft, choices) in zip(running, choices) where choices.isEmpty { keep(draft) }
    let best = extensions(by: choices).prefix(search.width - finished.count)
    let parents = running
    var next: [Extension] = []
    running = []
    for step in best {
      let draft = parents[step.parent].writing(
        step.choice, endID: search.endID, weights: weights[weights.startIndex + step.parent])
      if draft.isFinished || draft.stepCount == maximumLength {
        keep(draft)
      } else {
        running.append(draft)
        next.append(step)
      }
    }
    guard canImprove else {
      running = []
      return []
    }
    return next
  }

  /// Every running hypothesis with each of its choices, the most probable first.
  private func extensions(by choices: ArraySlice<[TokenChoice]>) -> [Extension] {
    zip(running, choices).enumerated()
      .flatMap { parent, pair in
        pair.1.map {
          Extension(
            parent: parent, choice: $0,
            logProbability: pair.0.logProbability + $0.logProbability)
        }
      }
      .sorted {
        ($1.logProbability, $0.parent, $0.token) < ($0.logProbability, $1.parent, $1.token)
      }
  }

  /// Keeps a hypothesis that will not be extended, behind those that are at least as good.
  private mutating func keep(_ draft: Draft) {
    let hypothesis = draft.hypothesis(penalty: penalty)
    func insert(into list: inout [Hypothesis]) {
      let place = list.firstIndex { $0.score < hypothesis.score } ?? list.endIndex
      list.insert(hypothesis, at: place)
    }
    if draft.isFinished { insert(into: &finished) } else { insert(into: &cut) }
  }

  /// Whether a running hypothesis may still overtake one that would be returned.
  private var canImprove: Bool {
    guard finished.count >= search.hypothesisCount else { return true }
    let worst = finished[search.hypothesisCount - 1].score
    // Log-probability only falls, so no score exceeds that of the current one at full length.
    return running.contains { penalty.score($0.logProbability, length: maximumLength) > worst }
  }

  /// A running hypothesis and a token that may follow it.
  struct Extension {
    /// The index of the hypothesis among the running ones.
    let parent: Int
    let choice: TokenChoice
    /// The log-probability of the extended hypothesis.
    let logProbability: Double

    var token: Int { choice.token }
  }
}
