import RondoLayers
import RondoTensor
import Testing

@Suite struct RowLengthsTests {
  @Test("Rows end at their lengths")
  func ends() throws {
    let lengths = try #require(
      RowLengths([2, 0, 3], of: Tensor(repeating: 0, shape: [3, 3, 1])))
    #expect(lengths.hasEnded(before: 0).truths == [false, true, false])
    #expect(lengths.hasEnded(before: 2).truths == [true, true, false])
  }

  @Test("A batch without padding keeps no lengths")
  func full() {
    #expect(RowLengths([3, 3], of: Tensor(repeating: 0, shape: [2, 3, 1])) == nil)
  }
}
