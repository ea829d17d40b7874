import Testing

@testable import RondoTensor

@Suite struct TensorTests {
  @Test("What goes in comes out") func roundTrip() {
    #expect(Tensor([1, 2.5, -3] as [Float], shape: [3]).scalars == [1, 2.5, -3])
    #expect(Tensor([1e-300, 2] as [Double], shape: [2, 1]).doubles == [1e-300, 2])
    #expect(Tensor(ids: [.max, 0, -1], shape: [3]).ids == [.max, 0, -1])
    #expect(Tensor([true, false], shape: [2]).truths == [true, false])
    #expect(Tensor([] as [Float], shape: [0, 4]).scalars.isEmpty)
  }

  @Test("A tensor knows its form") func form() {
    let x = Tensor(ids: Array(0..<6), shape: [2, 3])
    #expect(x.shape == [2, 3] && x.rank == 2 && x.count == 6)
    #expect(x.type == .int64 && x.device == .cpu)
    #expect(Tensor(repeating: 7, shape: [], type: .float64).item == 7)
  }

  @Test("A view reads in its own order") func views() {
    let x = Tensor(ids: Array(0..<6), shape: [2, 3])
    #expect(x.transposed(0, 1).ids == [0, 3, 1, 4, 2, 5])
    x.transposed(0, 1).withBytes { bytes in
      #expect(Array(bytes.bindMemory(to: Int.self)) == [0, 3, 1, 4, 2, 5])
    }
  }

  @Test("Every scalar type converts and keeps its bytes") func conversion() {
    for type in ScalarType.allCases {
      let x = Tensor([0, 1, 1] as [Float], shape: [3]).converted(to: type)
      #expect(x.type == type)
      #expect(x.scalars == [0, 1, 1], "\(type)")
      x.withBytes { #expect($0.count == 3 * type.byteCount, "\(type)") }
    }
  }

  @Test("A description shows the type, the shape and the first elements") func description() {
    let x = Tensor(rangeTo: 9)
    #expect("\(x)" == "Tensor(int64, [9], [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, …])")
  }

  @Test("Subscripts take an index or a range for each axis") func subscripts() {
    let x = Tensor(ids: Array(0..<24), shape: [2, 3, 4])
    #expect(x[1].ids == Array(12..<24))
    #expect(x[0..., 1].ids == [4, 5, 6, 7, 16, 17, 18, 19])
    #expect(x[0..., 1..<3, -1].ids == [7, 11, 19, 23])
    #expect(x[..<1, ...0, 2...].shape == [1, 1, 2])
  }

  @Test("Axes move, appear and go") func shapes() {
    let x = Tensor(ids: Array(0..<6), shape: [2, 3])
    #expect(x.reshaped(3, -1).shape == [3, 2])
    #expect(x.expandedDimensions(axis: 1).shape == [2, 1, 3])
    #expect(x.expandedDimensions(axis: 1).squeezed(axis: -2).shape == [2, 3])
    #expect(x.expandedDimensions(axis: 0).broadcast(to: [4, 2, 3]).shape == [4, 2, 3])
    #expect(x.permuted(1, 0).ids == [0, 3, 1, 4, 2, 5])
    #expect(x.flattened(from: 0, to: 1).shape == [6])
    #expect(x.reversed(axis: 1).ids == [2, 1, 0, 5, 4, 3])
    #expect(x.repeated(2, axis: 1).ids == [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5])
    #expect(x.repeatingEach(2, axis: 0).ids == [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5])
    #expect(x.split(into: 3, axis: -1).map(\.ids) == [[0, 3], [1, 4], [2, 5]])
    #expect(stacked([x, x], axis: 2).shape == [2, 3, 2])
    #expect(concatenated([x, x], axis: 0).shape == [4, 3])
  }

  @Test("Indices choose slices and elements") func choosing() {
    let x = Tensor(ids: Array(0..<6), shape: [2, 3])
    #expect(x.selecting(Tensor(ids: [2, 0], shape: [2]), axis: 1).ids == [2, 0, 5, 3])
    #expect(x.gathering(Tensor(ids: [1, 0], shape: [2, 1]), axis: 1).ids == [1, 3])
    #expect(
      x.converted(to: .float32).embedding(of: Tensor(ids: [1], shape: [1])).scalars == [3, 4, 5])
  }
}
