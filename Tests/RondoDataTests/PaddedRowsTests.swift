import RondoData
import RondoTensor
import Testing

@Suite struct PaddedRowsTests {
  @Test("Real numbers stay real when they are padded")
  func realNumbers() {
    let rows = PaddedRows<Float>([[0.7, 1.9], [], [1, 2, 3]], with: 0.5)
    #expect(rows.values == [0.7, 1.9, 0.5, 0.5, 0.5, 0.5, 1, 2, 3])
    #expect(rows.shape == [3, 3])
    #expect(rows.lengths == [2, 0, 3])
    let tensor = Tensor(rows)
    #expect(tensor.type == .float32)
    #expect(tensor.scalars == rows.values)
    #expect(Tensor(PaddedRows<Double>([[0.1]], with: 0)).type == .float64)
    #expect(Tensor(PaddedRows<Int>([[7], []], with: 0)).ids == [7, 0])
  }

  @Test("Rows of feature vectors are padded by whole steps")
  func features() {
    let rows = PaddedRows<Float>([[1, 2], [3, 4, 5, 6]], with: 0, featureCount: 2)
    #expect(rows.shape == [2, 2, 2])
    #expect(rows.lengths == [1, 2])
    #expect(rows.values == [1, 2, 0, 0, 3, 4, 5, 6])
    #expect(rows.paddingShare == 0.25)
    #expect(rows.rows == [[1, 2], [3, 4, 5, 6]])
  }

  @Test("The rows come back as they were, whatever they hold")
  func roundTrip() {
    var generator = SplitMix64(seed: 1)
    for _ in 0..<50 {
      let original = (0..<generator.number(below: 6)).map { _ in
        (0..<generator.number(below: 5)).map { _ in generator.number(below: 3) }
      }
      #expect(PaddedRows(original, with: 0).rows == original)
      #expect(PaddedRows(original, with: 0, minimumWidth: 9).rows == original)
    }
  }

  @Test("No rows, and rows without steps, have no padding to speak of")
  func nothing() {
    #expect(PaddedRows<Int>([], with: 0).shape == [0, 0])
    #expect(PaddedRows<Int>([[], []], with: 0).shape == [2, 0])
    #expect(PaddedRows<Int>([[], []], with: 0).paddingShare == 0)
    #expect(PaddedRows<Int>([[], []], with: 9, minimumWidth: 1).values == [9, 9])
  }

  @Test("A row that is no whole number of steps stops the program")
  func brokenStep() async {
    let end = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = PaddedRows<Float>([[1, 2, 3]], with: 0, featureCount: 2)
    }
    #expect(end?.said("row 0 has 3 elements, not a multiple of 2 features") == true)
  }
}
