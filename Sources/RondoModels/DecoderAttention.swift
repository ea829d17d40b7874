import RondoLayers
import RondoTensor

/// The attention of a decoder, chosen at run time, which also decides the order of a step.
///
/// Bahdanau's attention takes the state before the recurrent step as its query, and its context is
/// part of the step's input; Luong's takes the state after the step.
public enum DecoderAttention: Module, CustomReflectable {
  /// Applied before the recurrent step.
  case bahdanau(BahdanauAttention)
  /// Applied after the recurrent step.
  case luong(LuongAttention)

  /// Creates an attention whose hidden layer, if it has one, has the size of the query.
  ///
  /// - Parameters:
  ///   - kind: The attention.
  ///   - querySize: Q, the number of features of a query.
  ///   - keySize: K, the number of features of a key.
  public init(_ kind: AttentionKind, querySize: Int, keySize: Int) {
    let score: LuongAttention.Score
    switch kind {
    case .bahdanau:
      self = .bahdanau(
        BahdanauAttention(querySize: querySize, keySize: keySize, attentionSize: querySize))
      return
    case .luongDot: score = .dot
    case .luongGeneral: score = .general
    case .luongConcat: score = .concat(attentionSize: querySize)
    }
    self = .luong(LuongAttention(querySize: querySize, keySize: keySize, score: score))
  }

  /// The parts of the chosen attention.
  public var customMirror: Mirror {
    switch self {
    case .bahdanau(let attention): Mirror(reflecting: attention)
    case .luong(let attention): Mirror(reflecting: attention)
    }
  }

  /// Prepares encoder states, once per batch of source sentences.
  ///
  /// - Parameters:
  ///   - states: Encoder states, `[B, S, K]`.
  ///   - mask: Which source positions are visible, or `nil` for all.
  /// - Returns: The memory to attend over at every decoding step.
  public func remember(_ states: Tensor, mask: AttentionMask?) -> AttentionMemory {
    switch self {
    case .bahdanau(let attention): attention.remember(states, mask: mask)
    case .luong(let attention): attention.remember(states, mask: mask)
    }
  }

  /// Attends before the recurrent step, or returns `nil` if this attention comes after it.
  func beforeStep(_ state: Tensor, over memory: AttentionMemory?, form: LayerForm) -> Attended? {
    guard case .bahdanau(let attention) = self, let memory else { return nil }
    return attention(state, over: memory, form: form)
  }

  /// Attends after the recurrent step, or returns `nil` if this attention comes before it.
  func afterStep(_ state: Tensor, over memory: AttentionMemory?) -> Attended? {
    guard case .luong(let attention) = self, let memory else { return nil }
    return attention(state, over: memory)
  }
}
