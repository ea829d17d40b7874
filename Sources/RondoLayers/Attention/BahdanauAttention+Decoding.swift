import RondoTensor

/// The states and attention of a decoder that was run over a known target sequence.
public struct AttendedSequence {
  /// The hidden state after every step, `[B, T, H]`.
  public let hidden: Tensor
  /// The context, `[B, T, K]`, and the weights, `[B, T, S]`, of every step.
  public let attended: Attended
}

extension BahdanauAttention {
  /// Runs a one-layer GRU decoder over known tokens, as teacher forcing does.
  ///
  /// ```text
  /// cₜ = attention(sₜ₋₁)
  /// sₜ = cell([eₜ; cₜ], sₜ₋₁)
  /// ```
  ///
  /// - Parameters:
  ///   - tokens: The token embeddings e, `[B, T, E]`.
  ///   - memory: The prepared encoder states.
  ///   - state: The state before the first step, `[B, H]`.
  ///   - cell: The cell, whose input has E + K features and whose reset is after the product.
  ///   - form: How the decoder is computed.
  /// - Returns: The states, contexts and weights of all steps.
  public func decode(
    _ tokens: Tensor, over memory: AttentionMemory, from state: HiddenState, with cell: GRUCell,
    form: LayerForm = .fused
  ) -> AttendedSequence {
    guard form == .fused, cell.reset == .afterProduct else {
      return decodeStepwise(tokens, over: memory, from: state, with: cell)
    }
    let results = Operation.decoder.results(
      tokens, memory.keys, memory.values, memory.visible, state.hidden, query.weight.value,
      energy.weight.value.reshaped(-1), cell.inputWeight.value, cell.hiddenWeight.value,
      cell.inputBias.value, cell.hiddenBias.value)
    return AttendedSequence(
      hidden: results[0], attended: Attended(context: results[1], weights: results[2]))
  }

  private func decodeStepwise(
    _ tokens: Tensor, over memory: AttentionMemory, from state: HiddenState, with cell: GRUCell
  ) -> AttendedSequence {
    var (state, states, found) = (state, [Tensor](), [Attended]())
    for step in 0..<tokens.shape[1] {
      let attended = self(state.hidden, over: memory, form: .stepwise)
      let input = concatenated([tokens.selecting(step, axis: 1), attended.context], axis: -1)
      state = cell(input, from: state)
      states.append(state.hidden)
      found.append(attended)
    }
    return AttendedSequence(
      hidden: stacked(states, axis: 1),
      attended: Attended(
        context: stacked(found.map(\.context), axis: 1),
        weights: stacked(found.map(\.weights), axis: 1)))
  }
}

extension Operation {
  fileprivate static let decoder = Operation("rondo::bahdanau_decoder")
}
