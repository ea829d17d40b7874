import Foundation
import RondoCheckpoints
import RondoLayers
import RondoTensor
import Testing

/// Two layers, of which the second has a bias.
struct TwoLayers: Module {
  let hidden: Linear
  let output: Linear

  init(outputSize: Int = 3) {
    hidden = Linear(from: 4, to: 2, hasBias: false)
    output = Linear(from: 2, to: outputSize)
  }
}

@Suite struct CheckpointTests {
  @Test("A checkpoint round-trips bit for bit, NaN and negative zero included")
  func roundTrip() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/a.safetensors"
    let odd: [Float] = [.nan, -0.0, .infinity, .leastNonzeroMagnitude, 1.0 / 3]
    let checkpoint = Checkpoint(
      ["odd": Tensor(odd, shape: [5]), "ids": Tensor(ids: [1, -1], shape: [2, 1])],
      metadata: ["made by": "a test"])
    try checkpoint.write(to: path)
    let read = try Checkpoint(contentsOf: path)
    #expect(read.metadata == ["made by": "a test"])
    #expect(read.tensors["odd"]?.scalars.map(\.bitPattern) == odd.map(\.bitPattern))
    #expect(read.tensors["ids"]?.ids == [1, -1])
    #expect(read.tensors["ids"]?.shape == [2, 1])
    #expect(try folder.names() == ["a.safetensors"])
  }

  @Test("A model takes every parameter from a checkpoint, and shares none with it")
  func model() throws {
    let (first, second) = (TwoLayers(), TwoLayers())
    let checkpoint = Checkpoint(of: first)
    #expect(checkpoint.tensors.keys.sorted() == ["hidden.weight", "output.bias", "output.weight"])
    let expected = first.parameters.map { $0.parameter.value.scalars }
    first.hidden.weight.assign(Tensor(repeating: 9, shape: [2, 4]))
    try second.load(checkpoint)
    #expect(second.parameters.map { $0.parameter.value.scalars } == expected)
    second.output.weight.assign(Tensor(repeating: 9, shape: [3, 2]))
    #expect(checkpoint.tensors["output.weight"]?.scalars.contains(9) == false)
  }

  @Test("What does not fit is named, and nothing changes")
  func misfits() throws {
    let model = TwoLayers()
    let before = model.parameters.map { $0.parameter.value.scalars }
    func sentence(_ change: (inout [String: Tensor]) -> Void) -> String? {
      var checkpoint = Checkpoint(of: TwoLayers())
      change(&checkpoint.tensors)
      return #expect(throws: CheckpointError.self) { try model.load(checkpoint) }?.description
    }
    #expect(
      sentence { $0["output.wieght"] = $0.removeValue(forKey: "output.weight") }
        == "the model needs 'output.weight' and the checkpoint does not have it; "
        + "the nearest name there is 'output.wieght'")
    #expect(
      sentence { $0["hidden.weight"] = nil }
        == "the model needs 'hidden.weight' and the checkpoint does not have it; "
        + "is it of another model?")
    #expect(
      sentence { $0["outputs.bias"] = Tensor([1] as [Float], shape: [1]) }
        == "the checkpoint has 'outputs.bias' and the model has no such parameter; "
        + "the nearest name there is 'output.bias'")
    #expect(
      sentence { $0["output.bias"] = Tensor([1] as [Float], shape: [1]) }
        == "'output.bias' should have shape [3] and has [1] in the checkpoint; "
        + "was the model made with the same sizes?")
    #expect(model.parameters.map { $0.parameter.value.scalars } == before)
  }

  @Test("A file that cannot be written leaves the old one and nothing beside it")
  func unwritable() throws {
    let folder = try TestFolder()
    let error = #expect(throws: CheckpointError.self) {
      try Checkpoint([:]).write(to: "\(folder.path)/none/a.safetensors")
    }
    #expect(
      error?.description == "cannot write \(folder.path)/none/a.safetensors: "
        + "No such file or directory; what was saved before is untouched")
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/taken/inside", withIntermediateDirectories: true)
    #expect(throws: CheckpointError.self) { try Checkpoint([:]).write(to: "\(folder.path)/taken") }
    #expect(try folder.names() == ["taken"])
  }
}
