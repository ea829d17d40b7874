import Foundation
import RondoTensor
import Testing

@Suite struct SafetensorsWritingTests {
  private func written(_ tensors: [String: Tensor], metadata: [String: String] = [:]) -> Data {
    var result = Data()
    writeSafetensors(tensors, metadata: metadata) { result.append(contentsOf: $0) }
    return result
  }

  @Test("Rondo writes the very bytes that Python writes")
  func sameBytes() throws {
    let expected = try Data(
      contentsOf: SafetensorsFileTests.golden.appending(path: "every-type.safetensors"))
    let tensors: [String: Tensor] = [
      "layer.weight": Tensor([0, 0.25, 0.5, 0.75, 1, 1.25] as [Float], shape: [2, 3]),
      "layer.bias": Tensor([-1.5, 0, 3.25] as [Float], shape: [3]),
      "double": Tensor([1.0 / 3] as [Double], shape: [1, 1]),
      "half": Tensor([0.5, -2, 65504] as [Float], shape: [3]).converted(to: .float16),
      "brain": Tensor([1, -3] as [Float], shape: [2]).converted(to: .bfloat16),
      "ids": Tensor(ids: [0, -1, 1 << 62], shape: [3]),
      "counts": Tensor(ids: [7, -(1 << 31)], shape: [2]).converted(to: .int32),
      "short": Tensor(ids: [-300], shape: [1]).converted(to: .int16),
      "small": Tensor(ids: [-5, 100], shape: [2]).converted(to: .int8),
      "bytes": Tensor(ids: [0, 128, 255], shape: [3]).converted(to: .uint8),
      "truth": Tensor([true, false], shape: [2, 1]),
      "number": Tensor(ids: [42], shape: []),
      "nothing": Tensor([] as [Float], shape: [0, 5]),
      "naïve \"quoted\"\\\n\u{1}/": Tensor([2.5] as [Float], shape: [1]),
    ]
    #expect(written(tensors, metadata: ["made by": "Python\t<é>"]) == expected)
  }

  @Test("An empty file is an empty header of eight bytes")
  func empty() {
    #expect(written([:]) == Data([8, 0, 0, 0, 0, 0, 0, 0]) + Data("{}      ".utf8))
  }

  @Test("A transposed view is written row by row")
  func view() throws {
    let view = Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3]).transposed(0, 1)
    let bytes = written(["a": view])
    let scratch = try Scratch()
    try bytes.write(to: URL(filePath: scratch.path))
    let read = try SafetensorsFile(contentsOf: scratch.path).tensor(named: "a")
    #expect(read.shape == [3, 2])
    #expect(read.scalars == [1, 4, 2, 5, 3, 6])
  }

  @Test("An error of the place that is written to comes back")
  func failure() {
    struct Full: Error {}
    #expect(throws: Full.self) {
      try writeSafetensors(["a": Tensor([1] as [Float], shape: [1])]) { (_) throws(Full) in
        throw Full()
      }
    }
  }
}
