import RondoLayers
import RondoTensor

extension RecurrentDecoder {
  /// The outputs of the decoder at every position, and the tokens it was fed.
  struct WrittenSequence {
    let readout: Tensor  // [B, T, E]
    let weights: Tensor?  // [B, T, S]
    let fed: Tensor  // [B, T] token identifiers
  }

  /// Runs the decoder over a whole target sequence.
  ///
  /// - Parameters:
  ///   - target: The target tokens, `[B, T]`, beginning with the start token.
  ///   - coins: True where the target token is fed, `[B, T]`; `nil` feeds all of them. The first
  ///     token is always fed.
  ///   - state: The state before the first token.
  ///   - form: Whether all steps run as a few large operations where that is possible.
  /// - Returns: The readouts, the attention weights and the tokens that were fed.
  func write(
    _ target: Tensor, coins: Tensor?, from state: State, form: LayerForm
  ) -> WrittenSequence {
    let isForced = isForced(at: coins, shape: target.shape)
    if form == .fused, isForced.allSatisfy(\.self), let written = writeAtOnce(target, from: state) {
      return WrittenSequence(readout: written.readout, weights: written.weights, fed: target)
    }
    var (state, steps, fed) = (state, [Written](), [Tensor]())
    for index in 0..<target.shape[1] {
      let right = target.selecting(index, axis: 1)
      let coin = isForced[index] ? nil : coins?.selecting(index, axis: 1)
      let tokens = tokens(right, coin: coin, after: steps.last)
      let written = step(dropout(embedding(tokens)), from: state, form: form)
      state = written.state
      steps.append(written)
      fed.append(tokens)
    }
    let weights = steps.compactMap(\.weights)
    return WrittenSequence(
      readout: stacked(steps.map(\.readout), axis: 1),
      weights: weights.isEmpty ? nil : stacked(weights, axis: 1), fed: stacked(fed, axis: 1))
  }

  /// The target tokens where the coin is true, and the most probable tokens elsewhere, `[B]`; no
  /// gradient flows through the choice.
  private func tokens(_ right: Tensor, coin: Tensor?, after last: Written?) -> Tensor {
    guard let coin, let last else { return right }
    return withoutGradients {
      output(last.readout).argmax(axis: -1).replacing(with: right, where: coin)
    }
  }

  /// Whether every row is fed the target token, for each position.
  private func isForced(at coins: Tensor?, shape: [Int]) -> [Bool] {
    let stepCount = shape[1]
    guard let coins else { return Array(repeating: true, count: stepCount) }
    guard coins.shape == shape else {
      fatalError("coins are one per target token, \(shape), and not \(coins.shape)")
    }
    let truths = coins.truths
    return (0..<stepCount).map { step in
      step == 0 || stride(from: step, to: truths.count, by: stepCount).allSatisfy { truths[$0] }
    }
  }

  /// Runs over a known target without a loop over its steps, where the network allows it.
  private func writeAtOnce(_ target: Tensor, from state: State) -> Written? {
    guard !hasInputFeeding else { return nil }
    func vectors() -> Tensor { dropout(embedding(target)) }
    switch attention {
    case .bahdanau(let attention)?:
      guard case .gru(let gru) = network, gru.cells.count == 1, let memory = state.memory else {
        return nil
      }
      let decoded = attention.decode(
        vectors(), over: memory, from: HiddenState(hidden: state.recurrent.top),
        with: gru.cells[0].forward)
      return written(decoded.hidden, decoded.attended, from: state)
    case .luong(let attention)?:
      guard let memory = state.memory else { return nil }
      let hidden = network(vectors(), from: state.recurrent).sequence
      return written(hidden, attention(hidden, over: memory), from: state)
    case nil:
      return written(network(vectors(), from: state.recurrent).sequence, nil, from: state)
    }
  }

  private func written(_ hidden: Tensor, _ attended: Attended?, from state: State) -> Written {
    Written(
      readout: readout(of: hidden, attended?.context), weights: attended?.weights, state: state)
  }
}
