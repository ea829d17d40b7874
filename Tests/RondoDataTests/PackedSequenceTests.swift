import RondoData
import RondoTensor
import Testing

@Suite struct PackedSequenceTests {
  private let x = Tensor(
    ids: [11, 12, 0, 0, 21, 22, 23, 24, 41, 0, 0, 0, 51, 52, 53, 0], shape: [4, 4])

  @Test("Packing agrees with PyTorch's pack_padded_sequence and pad_packed_sequence")
  func reference() {
    let packed = PackedSequence(x, lengths: [2, 4, 1, 3])
    #expect(packed.data.ids == [21, 51, 11, 41, 22, 52, 12, 23, 53, 24])
    #expect(packed.rowCounts == [4, 3, 2, 1])
    #expect(packed.order == [1, 3, 0, 2])
    let padded = packed.unpacked(with: -7, width: 5)
    #expect(padded.shape == [4, 5])
    #expect(
      padded.ids == [
        11, 12, -7, -7, -7, 21, 22, 23, 24, -7, 41, -7, -7, -7, -7, 51, 52, 53, -7, -7,
      ])
  }

  @Test("Rows without steps are packed to nothing and come back as padding")
  func emptyRows() {
    let packed = PackedSequence(x, lengths: [0, 2, 0, 1])
    #expect(packed.data.ids == [21, 51, 22])
    #expect(packed.rowCounts == [2, 1])
    #expect(packed.unpacked(with: 9).ids == [9, 9, 21, 22, 9, 9, 51, 9])
    let nothing = PackedSequence(x, lengths: [0, 0, 0, 0])
    #expect(nothing.data.shape == [0])
    #expect(nothing.unpacked().shape == [4, 0])
  }

  @Test("Feature vectors survive, and gradients reach real steps only")
  func features() {
    let values = (0..<12).map(Float.init)
    let x = Tensor(values, shape: [2, 3, 2]).recordingGradient()
    let packed = PackedSequence(x, lengths: [1, 3])
    #expect(packed.data.shape == [4, 2])
    #expect(packed.data.scalars == [6, 7, 0, 1, 8, 9, 10, 11])
    let back = packed.unpacked()
    #expect(back.scalars == [0, 1, 0, 0, 0, 0, 6, 7, 8, 9, 10, 11])
    (back * 2).sum().backward()
    #expect(x.gradient?.scalars == [2, 2, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2])
  }

  @Test("Tensors of different lengths are padded like pad_sequence does, in their own type")
  func padSequence() {
    let sequences = [
      Tensor([Float(0.7), 1.9], shape: [2]), Tensor([Float](), shape: [0]),
      Tensor([Float(1), 2, 3], shape: [3]),
    ]
    let result = padded(sequences, with: 0.5)
    #expect(result.type == .float32)
    #expect(result.shape == [3, 3])
    #expect(result.scalars == [0.7, 1.9, 0.5, 0.5, 0.5, 0.5, 1, 2, 3])
    let vectors = padded([
      Tensor([1.0, 2], shape: [1, 2]), Tensor([3.0, 4, 5, 6], shape: [2, 2]),
    ])
    #expect(vectors.type == .float64)
    #expect(vectors.doubles == [1, 2, 0, 0, 3, 4, 5, 6])
  }
}
