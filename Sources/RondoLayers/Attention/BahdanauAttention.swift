import RondoTensor

/// Additive attention, which scores a query against each key with a small network.
///
/// ```text
/// eₛ = vᵀ tanh(W q + U kₛ)      energy of source position s
/// α  = softmax(e)               weights
/// c  = Σₛ αₛ kₛ                 context
/// ```
///
/// The keys do not change while a sentence is decoded, so `U k` is computed once, by
/// ``remember(_:mask:)``, and reused at every step. There is no bias in the energy: it would add
/// the same number to every energy, which leaves the softmax unchanged.
///
/// The query is the decoder's state *before* the step: the context is part of the step's input.
///
/// - Source: Bahdanau, Cho and Bengio,
///   [Neural Machine Translation by Jointly Learning to Align and Translate](https://arxiv.org/abs/1409.0473),
///   2015, appendix A.1.2.
public struct BahdanauAttention: Module {
  /// W, from the query to the hidden layer, `[A, Q]`.
  public let query: Linear
  /// U, from the keys to the hidden layer, `[A, K]`.
  public let key: Linear
  /// v, from the hidden layer to the energy, `[1, A]`.
  public let energy: Linear

  /// Creates an attention.
  ///
  /// - Parameters:
  ///   - querySize: Q, the number of features of a query.
  ///   - keySize: K, the number of features of a key.
  ///   - attentionSize: A, the size of the hidden layer.
  public init(querySize: Int, keySize: Int, attentionSize: Int) {
    query = Linear(from: querySize, to: attentionSize, hasBias: false)
    key = Linear(from: keySize, to: attentionSize, hasBias: false)
    energy = Linear(from: attentionSize, to: 1, hasBias: false)
  }

  /// Prepares encoder states, once per batch of source sentences.
  ///
  /// - Parameters:
  ///   - states: Encoder states, which serve as keys and as values, `[B, S, K]`.
  ///   - mask: Which source positions are visible, or `nil` for all.
  /// - Returns: The memory to attend over at every decoding step.
  public func remember(_ states: Tensor, mask: AttentionMask? = nil) -> AttentionMemory {
    AttentionMemory(values: states, keys: key(states), mask: mask)
  }

  /// Attends over a memory.
  ///
  /// - Parameters:
  ///   - state: The query, the decoder's state before the step, `[B, Q]`.
  ///   - memory: The prepared encoder states.
  ///   - form: How the attention is computed.
  /// - Returns: The context, `[B, K]`, and the weights, `[B, S]`.
  public func callAsFunction(
    _ state: Tensor, over memory: AttentionMemory, form: LayerForm = .fused
  ) -> Attended {
    guard form == .stepwise else { return fused(state, over: memory) }
    let compared = (query(state).expandedDimensions(axis: 1) + memory.keys).tanh()  // [B, S, A]
    let scores = energy(compared).transposed(1, 2)  // [B, 1, S]
    return memory.attended(scores: scores).ofOnlyQuery
  }

  private func fused(_ state: Tensor, over memory: AttentionMemory) -> Attended {
    let results = Operation.additiveAttention.results(
      query(state), memory.keys, energy.weight.value.reshaped(-1), memory.values, memory.visible)
    return Attended(context: results[0], weights: results[1])
  }
}

extension Operation {
  fileprivate static let additiveAttention = Operation("rondo::additive_attention")
}
