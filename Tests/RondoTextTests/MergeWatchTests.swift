import Testing

@testable import RondoText

@Suite("Watching merges")
struct MergeWatchTests {
  private func steps(
    of word: String, trainer: BytePairTrainer, lines: [String]
  ) throws -> (steps: [String], merges: [TrainedMerge], training: BytePairTraining) {
    var words = WordCounts()
    words.add(lines: lines, preTokenizer: WhitespaceSplitPreTokenizer())
    var watch = MergeWatch(word, units: trainer.units)
    func spelled() -> String {
      watch.tokens.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
    var (steps, merges) = ([spelled()], [TrainedMerge]())
    let training = try trainer.train(
      on: words,
      witness: { merge in
        merges.append(merge)
        if watch.apply(merge) { steps.append(spelled()) }
      })
    return (steps, merges, training)
  }

  @Test("The word 'lower' merges as the counts of the corpus say")
  func lower() throws {
    // By hand: e r 7 times, l o 6, lo w 6, low er 4; then nothing of "lower" is left.
    let lines = ["low low lower lower lower lower", "nicer nicer nicer"]
    let found = try steps(
      of: "lower", trainer: BytePairTrainer(vocabularySize: 100, minimumCount: 4), lines: lines)
    #expect(found.steps == ["l o w e r", "l o w er", "lo w er", "low er", "lower"])
    #expect(found.merges.map(\.count) == [7, 6, 6, 4])
    #expect(found.merges.map(\.number) == [1, 2, 3, 4])
  }

  @Test("The word 'chatbot' becomes chat and bot, and is whole where it is frequent enough")
  func chatbot() throws {
    // By hand: a t, c h and then ch at 9 times each, b o and bo t 8 times, chat bot 3 times; of
    // equal counts the letters that come first in the alphabet go first.
    let lines = ["chat chat chat chat chat chat", "bot bot bot bot bot", "chatbot chatbot chatbot"]
    let parts = [
      "c h a t b o t", "c h at b o t", "ch at b o t", "chat b o t", "chat bo t", "chat bot",
    ]
    for (minimum, expected) in [(3, parts + ["chatbot"]), (4, parts)] {
      let found = try steps(
        of: "chatbot", trainer: BytePairTrainer(vocabularySize: 100, minimumCount: minimum),
        lines: lines)
      #expect(found.steps == expected)
      #expect(found.merges.map(\.count) == [9, 9, 9, 8, 8, 3].filter { $0 >= minimum })
    }
  }

  @Test("A watched word ends as the trained model encodes it, in every kind of unit")
  func agreement() throws {
    let lines = ["hug hugs hugging pug pugs bug bugs buns größer größte", "hugs hugs hugging"]
    let units: [BytePairModel.Units] = [
      .bytes, .characters(CharacterUnits()), .characters(CharacterUnits(endSuffix: "</w>")),
      .characters(CharacterUnits(continuingPrefix: "##")),
    ]
    for units in units {
      let trainer =
        units == .bytes
        ? BytePairTrainer.byteLevel(vocabularySize: 290)
        : BytePairTrainer(vocabularySize: 40, units: units)
      for word in ["hugging", "größer", "bugs", "pugging"] {
        var words = WordCounts()
        words.add(lines: lines, preTokenizer: WhitespaceSplitPreTokenizer())
        var watch = MergeWatch(word, units: units)
        let model = try trainer.train(on: words, witness: { _ = watch.apply($0) }).model
        let expected = model.trace(word).end.map { model.bytes(of: $0) }
        #expect(watch.tokens.map(Optional.some) == expected, "\(word)")
      }
    }
  }
}
