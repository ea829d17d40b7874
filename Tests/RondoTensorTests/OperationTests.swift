import Testing

@testable import RondoTensor

@Suite struct OperationTests {
  @Test("Any operation of LibTorch can be called by name") func byName() {
    let hardTanh = Operation("aten::hardtanh")
    #expect(
      hardTanh(Tensor([-5, 0.5, 5] as [Float], shape: [3]), -2.0, 2.0).scalars == [-2, 0.5, 2])
    let sort = Operation("aten::sort")
    let results = sort.results(Tensor([3, 1, 2] as [Float], shape: [3]), -1, true)
    #expect(results.map(\.ids) == [[3, 2, 1], [0, 2, 1]])
  }

  @Test("A missing tensor in a list is passed as missing") func optionalLists() {
    let index = Operation("aten::index", "Tensor")
    let x = Tensor(ids: Array(0..<6), shape: [2, 3])
    let columns: [Tensor?] = [nil, Tensor(ids: [2, 0], shape: [2])]
    #expect(index(x, columns).ids == [2, 0, 5, 3])
  }

  @Test("An integer serves where a real number is asked for") func integerAsReal() {
    let dropout = Operation("aten::dropout")
    #expect(dropout(Tensor([1, 2] as [Float], shape: [2]), 0, true).scalars == [1, 2])
    let replaceNaN = Operation("aten::nan_to_num")
    #expect(replaceNaN(Tensor([.nan, 2] as [Float], shape: [2]), 7).scalars == [7, 2], "float?")
  }

  @Test("A wrong argument stops with its name, its type and what was given") func wrongArgument()
    async
  {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Operation("aten::softmax", "int")(Tensor(repeating: 0, shape: [2]), "last")
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("aten::softmax: argument 'dim' takes int and got a string"))
  }

  @Test("An unknown name stops with the name") func unknownName() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Operation("aten::no_such_operation")
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("no_such_operation"))
  }

  @Test("Shapes that do not fit stop with both") func wrongShapes() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = matmul(Tensor(repeating: 0, shape: [2, 3]), Tensor(repeating: 0, shape: [4, 5]))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("2x3") && text.contains("4x5"))
  }
}
