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

  @Test("What stands after the end of a row is cleared, whatever it holds")
  func clearing() throws {
    let x = Tensor([1, .nan, 2, 3, .infinity, 4] as [Float], shape: [3, 2, 1])
    let lengths = try #require(RowLengths([1, 2, 0], of: x))
    #expect(lengths.clearingPadding(of: x).scalars == [1, 0, 2, 3, 0, 0])
    #expect(lengths.clearingPadding(of: x.reshaped(3, 2)).scalars == [1, 0, 2, 3, 0, 0])
  }

  @Test("A batch without padding keeps no lengths")
  func full() {
    #expect(RowLengths([3, 3], of: Tensor(repeating: 0, shape: [2, 3, 1])) == nil)
  }
}
