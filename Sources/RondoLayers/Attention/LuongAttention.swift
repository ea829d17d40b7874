import RondoTensor

/// Luong's attention, which scores a query against each key with a product or a small network.
///
/// ```text
/// eₛ = qᵀ kₛ                    dot
/// eₛ = qᵀ W kₛ                  general
/// eₛ = vᵀ tanh(W [q; kₛ])       concat
/// α  = softmax(e)               weights
/// c  = Σₛ αₛ kₛ                 context
/// ```
///
/// The query is the decoder's state *after* the step: the context helps to choose the next token
/// but does not enter the recurrence. So with teacher forcing all queries of a sentence are
/// answered at once.
///
/// The concat form stores W in two parts, `query` and `key`, because the product with the keys is
/// computed once per sentence.
///
/// - Source: Luong, Pham and Manning,
///   [Effective Approaches to Attention-based Neural Machine Translation](https://arxiv.org/abs/1508.04025),
///   2015, section 3.1.
public struct LuongAttention: Module {
  /// How a query is compared with a key.
  public enum Score: Sendable {
    /// The dot product; queries and keys have the same size.
    case dot
    /// The dot product after a linear map of the key to the size of the query.
    case general
    /// A small network with a hidden layer of A features.
    case concat(attentionSize: Int)
  }

  /// The part of W that applies to the query, `[A, Q]`, in the concat form.
  public let query: Linear?
  /// W in the general form, `[Q, K]`; the part of W that applies to the key, `[A, K]`, in the
  /// concat form.
  public let key: Linear?
  /// v, from the hidden layer to the energy, `[1, A]`, in the concat form.
  public let energy: Linear?

  /// Creates an attention.
  ///
  /// - Parameters:
  ///   - querySize: Q, the number of features of a query.
  ///   - keySize: K, the number of features of a key.
  ///   - score: How a query is compared with a key.
  public init(querySize: Int, keySize: Int, score: Score) {
    switch score {
    case .dot:
      guard querySize == keySize else {
        fatalError(
          "Luong attention with the dot score compares equal sizes, and not a query of \(querySize) "
            + "with a key of \(keySize); use .general")
      }
      (query, key, energy) = (nil, nil, nil)
    case .general:
      (query, energy) = (nil, nil)
      key = Linear(from: keySize, to: querySize, hasBias: false)
    case .concat(let attentionSize):
      query = Linear(from: querySize, to: attentionSize, hasBias: false)
      key = Linear(from: keySize, to: attentionSize, hasBias: false)
      energy = Linear(from: attentionSize, to: 1, hasBias: false)
    }
  }

  /// Prepares encoder states, once per batch of source sentences.
  ///
  /// - Parameters:
  ///   - states: Encoder states, which serve as keys and as values, `[B, S, K]`.
  ///   - mask: Which source positions are visible, or `nil` for all.
  /// - Returns: The memory to attend over at every decoding step.
  public func remember(_ states: Tensor, mask: AttentionMask? = nil) -> AttentionMemory {
    AttentionMemory(values: states, keys: key?(states) ?? states, mask: mask)
  }

  /// Attends over a memory.
  ///
  /// - Parameters:
  ///   - states: One query per row, the decoder's state after the step, `[B, Q]`, or T queries per
  ///     row, `[B, T, Q]`.
  ///   - memory: The prepared encoder states.
  /// - Returns: The context, `[B, K]`, and the weights, `[B, S]`; with T queries, `[B, T, K]` and
  ///   `[B, T, S]`.
  public func callAsFunction(_ states: Tensor, over memory: AttentionMemory) -> Attended {
    let hasOneQuery = states.rank == 2
    let queries = hasOneQuery ? states.expandedDimensions(axis: 1) : states  // [B, T, Q]
    let attended = memory.attended(scores: scores(of: queries, over: memory))
    return hasOneQuery ? attended.ofOnlyQuery : attended
  }

  private func scores(of queries: Tensor, over memory: AttentionMemory) -> Tensor {
    guard let query, let energy else { return matmul(queries, memory.keys.transposed(1, 2)) }
    let compared =
      (query(queries).expandedDimensions(axis: 2) + memory.keys.expandedDimensions(axis: 1)).tanh()
    return energy(compared).squeezed(axis: -1)  // [B, T, S, A] → [B, T, S]
  }
}
