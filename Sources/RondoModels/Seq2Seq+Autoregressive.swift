import RondoLayers
import RondoTensor

extension Seq2Seq: AutoregressiveModel {
  /// Computes the logits of the next token.
  ///
  /// - Parameters:
  ///   - tokens: The last token of each sequence, `[B]`; first the start token.
  ///   - state: The state before that token is fed.
  /// - Returns: The logits of the next token, `[B, V]`, the state after the step, and the attention
  ///   weights over the source, `[B, S]`.
  public func next(after tokens: Tensor, from state: State) -> NextToken<State> {
    let vector = decoder.dropout(decoder.embedding(tokens))
    let written = decoder.step(vector, from: state.decoder, form: .fused)
    return NextToken(
      logits: decoder.output(written.readout), state: State(decoder: written.state),
      attention: written.weights)
  }

  /// Selects rows of a state.
  ///
  /// - Parameters:
  ///   - rows: The row indices, in their new order, `[B′]`.
  ///   - state: The state of B sequences.
  /// - Returns: The state of B′ sequences.
  public func selecting(_ rows: Tensor, of state: State) -> State {
    let decoder = state.decoder
    return State(
      decoder: RecurrentDecoder.State(
        memory: decoder.memory?.selecting(rows), recurrent: decoder.recurrent.selecting(rows),
        fed: decoder.fed?.selecting(rows, axis: 0)))
  }
}
