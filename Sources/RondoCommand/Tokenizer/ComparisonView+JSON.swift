import RondoRecipes
import RondoText

extension ComparisonView {
  /// The comparison as JSON.
  var json: String {
    get throws { try jsonText(of: form) }
  }

  private var form: Form {
    Form(
      tokenizers: zip(names, comparison.tokenizers).map { name, tokenizer in
        Form.Described(
          name: name, vocabularySize: tokenizer.vocabularySize, model: tokenizer.summary.model,
          embeddingBytes: tokenizer.embeddingByteCount(size: embeddingSize))
      },
      files: comparison.files.map { file in
        Form.File(
          path: file.path, damagedLines: file.damagedLineCount,
          figures: zip(names, file.measurements).map { Form.Figures($0, $1) })
      },
      stems: overlaps.flatMap { stem, overlaps in
        zip(names, overlaps).map { name, overlap in
          Form.Stem(
            stem: stem, tokenizer: name, words: overlap.forms.count, keptRate: overlap.keptRate,
            cutRate: overlap.cutRate)
        }
      },
      probes: SplitProbe.standard.map { probe in
        Form.Probe(
          kind: probe.kind, text: probe.text,
          pieces: Dictionary(
            uniqueKeysWithValues: zip(names, comparison.tokenizers).map { name, tokenizer in
              (name, PieceText.pieces(of: probe.text, with: tokenizer))
            }))
      },
      curve: curve.map { curve in
        curve.points.map { point in
          Form.Point(
            requestedSize: point.requestedSize,
            vocabularySize: point.tokenizer.vocabularySize,
            embeddingBytes: point.tokenizer.embeddingByteCount(size: embeddingSize),
            tokensPerLine: Dictionary(
              zip(curve.files, point.measurements.map(\.tokensPerLine))
            ) { first, _ in first })
        }
      })
  }

  private struct Form: Encodable {
    struct Described: Encodable {
      let name: String
      let vocabularySize: Int
      let model: String
      let embeddingBytes: Int
    }

    struct File: Encodable {
      let path: String
      let damagedLines: Int
      let figures: [Figures]
    }

    struct Figures: Encodable {
      let tokenizer: String
      let lines: Int
      let words: Int
      let bytes: Int
      let tokens: Int
      let tokensPerLine: Double
      let tokensPerWord: Double
      let bytesPerToken: Double
      let splitWordRate: Double
      let unknownRate: Double
      let unknownTextRate: Double
      let exactLineRate: Double

      init(_ name: String, _ measured: TokenizerMeasurement) {
        tokenizer = name
        lines = measured.lineCount
        words = measured.wordCount
        bytes = measured.byteCount
        tokens = measured.tokenCount
        tokensPerLine = measured.tokensPerLine
        tokensPerWord = measured.fertility
        bytesPerToken = measured.bytesPerToken
        splitWordRate = measured.splitWordRate
        unknownRate = measured.unknownRate
        unknownTextRate = measured.unknownTextRate
        exactLineRate = measured.exactLineRate
      }
    }

    struct Stem: Encodable {
      let stem: String
      let tokenizer: String
      let words: Int
      let keptRate: Double
      let cutRate: Double
    }

    struct Probe: Encodable {
      let kind: String
      let text: String
      let pieces: [String: [String]]
    }

    struct Point: Encodable {
      let requestedSize: Int
      let vocabularySize: Int
      let embeddingBytes: Int
      let tokensPerLine: [String: Double]
    }

    let tokenizers: [Described]
    let files: [File]
    let stems: [Stem]
    let probes: [Probe]
    let curve: [Point]?
  }
}
