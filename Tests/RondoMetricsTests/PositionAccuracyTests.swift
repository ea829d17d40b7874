import RondoMetrics
import Testing

@Suite struct PositionAccuracyTests {
  @Test("Tokens count as right only where they belong") func places() {
    var accuracy = PositionAccuracy()
    #expect(accuracy.share.isNaN)
    accuracy.add(["a", "b", "c"], reference: ["a", "c", "c"])
    #expect(accuracy.share == 2.0 / 3)
    // Missing tokens and tokens too many are places too.
    accuracy.add(["a"], reference: ["a", "b"])
    accuracy.add(["a", "b", "c"], reference: ["a"])
    #expect(accuracy.rightCount == 4 && accuracy.count == 8)
    accuracy.add([Int](), reference: [])
    #expect(accuracy.count == 8)
  }
}
