import Dispatch
import Synchronization
import Testing

@testable import RondoText

@Suite("The memory of pieces")
struct PieceMemoryTests {
  /// Words in a row.
  private struct Words {
    private(set) var text: [UInt8] = []
    private(set) var pieces: [Piece] = []

    init(count: Int, longest: Int) {
      var numbers = SeededNumbers(state: 11)
      for _ in 0..<count {
        let length = Int.random(in: 1...longest, using: &numbers)
        append((0..<length).map { _ in UInt8.random(in: 0...255, using: &numbers) })
      }
    }

    mutating func append(_ word: [UInt8]) {
      pieces.append(Piece(text.count, text.count + word.count))
      text += word
    }
  }

  /// As many numbers as a word has bytes, up to nine.
  private static func numbers(of word: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    word.prefix(9).map { UInt32($0) << 8 | UInt32(truncatingIfNeeded: word.count) }
  }

  /// Encodes words; returns their numbers and how many were worked out.
  private static func encode(_ words: Words, with memory: PieceMemory) -> ([UInt32], Int) {
    var workCount = 0
    let ids = [UInt32](unsafeUninitializedCapacity: 9 * words.pieces.count + 4) { ids, count in
      let padded = words.text + [UInt8](repeating: 0, count: TokenBuffer.padding)
      padded.withUnsafeBufferPointer { text in
        words.pieces.withUnsafeBufferPointer { pieces in
          guard let text = text.baseAddress, let first = ids.baseAddress else { return }
          count = memory.encode(pieces, of: text, to: first) { word, target in
            workCount += 1
            let numbers = numbers(of: word)
            for (i, number) in numbers.enumerated() { target[i] = number }
            return numbers.count
          }
        }
      }
    }
    return (ids, workCount)
  }

  @Test("What is remembered is what was worked out, and is worked out once")
  func remembering() {
    let words = Words(count: 20_000, longest: 40)
    let memory = PieceMemory()
    let (first, firstCount) = Self.encode(words, with: memory)
    let (second, secondCount) = Self.encode(words, with: memory)
    let expected = words.pieces.flatMap { piece in
      words.text[piece.range].withUnsafeBufferPointer { Self.numbers(of: $0) }
    }
    #expect(first == expected)
    #expect(second == expected)
    #expect(firstCount == Set(words.pieces.map { Array(words.text[$0.range]) }).count)
    #expect(secondCount == 0)
  }

  @Test("Pieces beyond the longest that is remembered are worked out each time")
  func longPieces() {
    let text = [UInt8](repeating: 7, count: PieceMemory.longestPiece + 1)
    var words = Words(count: 0, longest: 1)
    words.append(text)
    words.append(Array(text.dropLast()))
    let memory = PieceMemory()
    #expect(Self.encode(words, with: memory).1 == 2)
    #expect(Self.encode(words, with: memory).1 == 1)
  }

  @Test("Threads that learn at the same time read whole entries, and later know them all")
  func threads() {
    let words = Words(count: 50_000, longest: 24)
    let expected = Self.encode(words, with: PieceMemory()).0
    let memory = PieceMemory()
    let wrongCount = Atomic(0)
    for _ in 0..<2 {
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        if Self.encode(words, with: memory).0 != expected { wrongCount.add(1, ordering: .relaxed) }
      }
    }
    #expect(wrongCount.load(ordering: .relaxed) == 0)
    // What a thread did not remember because another was writing, the next pass has learned.
    _ = Self.encode(words, with: memory)
    #expect(Self.encode(words, with: memory).1 == 0)
  }

  #if DEBUG
  @Test("A companion of an encoder knows what that has learned")
  func companions() async {
    // A process of its own, because other tests take steps as well.
    await #expect(processExitsWith: .success) {
      for (name, tokenizer) in try EveryTokenizer.all() {
        let first = tokenizer.model.makePieceEncoder(barring: [])
        let found = PieceMemoryTests.encode("lower", with: first)
        let again = PieceMemoryTests.encode("lower", with: first.makeCompanion())
        #expect(found.ids == again.ids && !found.ids.isEmpty, "\(name)")
        // A model that only looks whole words up remembers nothing, and takes no steps.
        #expect(again.stepCount < max(1, found.stepCount), "\(name)")
      }
    }
  }

  /// Encodes one piece; counts the steps of all loops over it.
  private static func encode(
    _ word: String, with encoder: any PieceEncoder
  ) -> (ids: [UInt32], stepCount: Int) {
    let before = StepCounter.count.load(ordering: .relaxed)
    var ids = TokenBuffer(keepsSpans: false)
    let text = Array(word.utf8) + [UInt8](repeating: 0, count: TokenBuffer.padding)
    text.withUnsafeBufferPointer { text in
      let word = UnsafeBufferPointer(rebasing: text.dropLast(TokenBuffer.padding))
      [Piece(0, word.count)].withUnsafeBufferPointer {
        encoder.encode($0, of: word, into: &ids)
      }
    }
    return (
      Array(UnsafeBufferPointer(start: ids.ids, count: ids.count)),
      StepCounter.count.load(ordering: .relaxed) - before
    )
  }
  #endif
}
