import RondoData
import RondoTensor
import RondoText
import Testing

@Suite struct BatchTests {
  private static let frame = FrameIDs(padding: 0, start: 2, end: 3)

  @Test("Targets stand between start and end, and padding follows")
  func layout() {
    let batch = Batch(
      padding: [
        ParallelExample(source: [5, 6, 7], target: [8]),
        ParallelExample(source: [9], target: [10, 11]),
      ], frame: Self.frame)
    #expect(batch.source.shape == [2, 3])
    #expect(batch.source.type == .int64)
    #expect(batch.source.ids == [5, 6, 7, 9, 0, 0])
    #expect(batch.sourceLengths == [3, 1])
    #expect(batch.target.shape == [2, 4])
    #expect(batch.target.ids == [2, 8, 3, 0, 2, 10, 11, 3])
    #expect(batch.targetLengths == [3, 4])
    #expect(batch.count == 2)
    #expect(batch.tokenCount == 11)
    #expect(batch.predictedCount == 5)
    #expect(abs(batch.paddingShare - 3.0 / 14) < 1e-12)
  }

  @Test("Empty sources and targets are padding and a frame")
  func emptyRows() {
    let batch = Batch(
      padding: [ParallelExample(source: [], target: []), ParallelExample(source: [], target: [])],
      frame: FrameIDs(padding: 7, start: 8, end: 9))
    #expect(batch.source.shape == [2, 1])
    #expect(batch.source.ids == [7, 7])
    #expect(batch.sourceLengths == [0, 0])
    #expect(batch.target.ids == [8, 9, 8, 9])
    #expect(abs(batch.paddingShare - 2.0 / 6) < 1e-12)
  }

  @Test("No real token may have the padding identifier")
  func reservedPadding() async {
    let source = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Batch(padding: [ParallelExample(source: [5, 0, 6], target: [])], frame: Self.frame)
    }
    #expect(source?.said("example 0 of a batch holds the padding identifier 0") == true)
    let target = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Batch(padding: [ParallelExample(source: [5], target: [0])], frame: Self.frame)
    }
    #expect(target?.said("example 0 of a batch holds the padding identifier 0") == true)
    let frame = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = FrameIDs(padding: 3, start: 2, end: 3)
    }
    #expect(frame?.said("the padding identifier 3 is that of a real token") == true)
  }

  @Test("A batch of nothing stops the program")
  func nothing() async {
    let end = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Batch(padding: [], frame: Self.frame)
    }
    #expect(end?.said("a batch needs at least one example") == true)
  }

  @Test("A tokenizer's special tokens frame the targets")
  func tokenizer() {
    let words = Tokenizer.words(from: ["ein Hund"])
    #expect(FrameIDs(source: words, target: words) == Self.frame)
  }

  @Test("Tokens that a tokenizer lacks stand after its vocabulary")
  func missingTokens() {
    let vocabulary = Vocabulary(["a", "b", "</s>"].map { Array($0.utf8) })
    let bare = Tokenizer(
      model: WordLevelModel(vocabulary: vocabulary, unknownToken: "a"),
      addedTokens: [AddedToken("</s>", id: 2, isSpecial: true)])
    let frame = FrameIDs(source: bare, target: bare)
    #expect(frame == FrameIDs(padding: 3, start: 4, end: 2, sourcePadding: 3))
    #expect(frame.sourceCount(of: bare) == 4)
    #expect(frame.targetCount(of: bare) == 5)
    let words = Tokenizer.words(from: ["ein Hund"])
    let mixed = FrameIDs(source: bare, target: words)
    #expect(mixed == FrameIDs(padding: 0, start: 2, end: 3, sourcePadding: 3))
    let batch = Batch(padding: [ParallelExample(source: [0], target: [4])], frame: mixed)
    #expect(batch.source.ids == [0] && batch.target.ids == [2, 4, 3])
  }
}
