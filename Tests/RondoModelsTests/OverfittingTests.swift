import Foundation
import RondoLayers
import RondoModels
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct OverfittingTests {
  /// Twenty sources of one to five tokens, each to be written backward; 1 starts, 2 ends, 0 pads.
  private static let sources = (0..<20).map { index in
    (0...(index % 5)).map { 3 + (index * 7 + $0 * (3 + index)) % 9 }
  }

  /// A model that learns; each reads in both directions.
  struct Learner: CustomTestStringConvertible, Sendable {
    let cell: RecurrentKind
    let attention: AttentionKind?
    var layerCount = 1

    var testDescription: String {
      "\(cell), \(attention.map { "\($0)" } ?? "no attention"), \(layerCount) layers"
    }
  }

  @Test(
    "A model learns twenty pairs by heart and stops where they end",
    .enabled(if: isOptimized, "training takes a minute in debug"),
    arguments: [
      Learner(cell: .gru, attention: .bahdanau), Learner(cell: .lstm, attention: .luongGeneral),
      Learner(cell: .gru, attention: nil),
      Learner(cell: .lstm, attention: .bahdanau, layerCount: 2),
    ])
  func twentyPairs(learner: Learner) {
    seedRandomness(81)
    let model = Seq2Seq(
      sourceVocabularySize: 12, targetVocabularySize: 12, embeddingSize: 24, hiddenSize: 32,
      encoderLayerCount: learner.layerCount, decoderLayerCount: learner.layerCount,
      cell: learner.cell, attention: learner.attention)
    let lengths = Self.sources.map(\.count)
    let source = padded(Self.sources)
    let target = padded(Self.sources.map { [1] + $0.reversed() + [2] })
    let length = target.shape[1]
    let fed = target.narrowed(axis: 1, from: 0, count: length - 1)
    let right = target.narrowed(axis: 1, from: 1, count: length - 1).reshaped(-1)

    var optimizer = PlainAdam(model)
    for _ in 0..<150 {
      let logits = model(source, lengths: lengths, target: fed).logits
      optimizer.step(minimizing: logits.reshaped(-1, 12).crossEntropy(right, ignoring: 0))
    }
    #expect(written(by: model, source, lengths) == Self.sources.map { $0.reversed() })
  }

  private func padded(_ rows: [[Int]]) -> Tensor {
    let length = rows.map(\.count).max() ?? 0
    return Tensor(
      ids: rows.flatMap { $0 + Array(repeating: 0, count: length - $0.count) },
      shape: [rows.count, length])
  }

  /// The tokens that the model writes before the end token; at most 10.
  private func written(by model: Seq2Seq, _ source: Tensor, _ lengths: [Int]) -> [[Int]] {
    withoutGradients {
      var state = model.encode(source, lengths: lengths)
      var tokens = Tensor(ids: lengths.map { _ in 1 }, shape: [lengths.count])
      var rows = lengths.map { _ in [Int]() }
      for _ in 0..<10 {
        let next = model.next(after: tokens, from: state)
        (tokens, state) = (next.logits.argmax(axis: -1), next.state)
        for (row, token) in tokens.ids.enumerated() { rows[row].append(token) }
      }
      return rows.map { row in Array(row.prefix { $0 != 2 }) }
    }
  }
}

/// Adam in a few lines, because optimizers live above models.
private struct PlainAdam {
  let parameters: [Parameter]
  var moments: [(first: Tensor, second: Tensor)]
  var step = 0.0

  init(_ module: some Module) {
    parameters = module.parameters.map(\.parameter)
    moments = parameters.map {
      let zeros = Tensor(repeating: 0, shape: $0.shape, like: $0.value)
      return (zeros, zeros)
    }
  }

  mutating func step(minimizing loss: Tensor) {
    for parameter in parameters { parameter.clearGradient() }
    loss.backward()
    step += 1
    withoutGradients {
      for (index, parameter) in parameters.enumerated() {
        guard let gradient = parameter.gradient else { continue }
        let first = moments[index].first * 0.9 + gradient * 0.1
        let second = moments[index].second * 0.999 + gradient.squared() * 0.001
        moments[index] = (first, second)
        let rate = 0.01 * (1 - pow(0.999, step)).squareRoot() / (1 - pow(0.9, step))
        let change = first * rate / (second.squareRoot() + 1e-8)
        parameter.assign(parameter.value - change)
      }
    }
  }
}
