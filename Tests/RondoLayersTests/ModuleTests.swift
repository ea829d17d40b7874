import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct ModuleTests {
  struct Part: Module {
    let linear: Linear
    let note: String
  }

  struct Whole: Module {
    let first: Parameter
    let parts: [Part]
    let missing: Linear?
    let present: Linear?
    let sizes: [Int]
    let again: [Parameter]
  }

  static func whole() -> Whole {
    let first = Parameter(repeating: 1, shape: [2])
    return Whole(
      first: first, parts: (0..<2).map { _ in Part(linear: Linear(from: 2, to: 3), note: "x") },
      missing: nil, present: Linear(from: 2, to: 1, hasBias: false), sizes: [1, 2],
      again: [first, Parameter(repeating: 0, shape: [4])])
  }

  @Test("Parameters are found in parts, arrays and optionals, each once, in order of declaration")
  func paths() {
    #expect(
      Self.whole().parameters.map(\.path) == [
        "first", "parts.0.linear.weight", "parts.0.linear.bias", "parts.1.linear.weight",
        "parts.1.linear.bias", "present.weight", "again.1",
      ])
  }

  @Test("An array may lack a part, and the others keep their places")
  func gaps() {
    struct Gapped: Module { let parts: [Linear?] }
    let gapped = Gapped(parts: [nil, Linear(from: 2, to: 1), nil])
    #expect(gapped.parameters.map(\.path) == ["parts.1.weight", "parts.1.bias"])
  }

  @Test("An array that mixes parts with others is refused")
  func mixtures() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      struct Mixed: Module { let parts: [Any] = [Linear(from: 2, to: 1), 3] }
      _ = Mixed().parameters
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("an array of parts holds Int"))
  }

  @Test("A shared parameter counts once")
  func count() { #expect(Self.whole().parameterCount == 2 + 2 * 9 + 2 + 4) }

  @Test("Printing a module draws its parts with their shapes")
  func tree() {
    #expect(
      "\(Self.whole())" == """
        Whole, 26 parameters
        ├─ first [2]
        ├─ parts
        │  ├─ 0: Part
        │  │  └─ linear: Linear
        │  │     ├─ weight [3, 2]
        │  │     └─ bias [3]
        │  └─ 1: Part
        │     └─ linear: Linear
        │        ├─ weight [3, 2]
        │        └─ bias [3]
        ├─ present: Linear
        │  └─ weight [1, 2]
        └─ again
           ├─ 0 [2] (tied)
           └─ 1 [4]
        """)
    #expect("\(Linear(from: 1000, to: 1234))".hasPrefix("Linear, 1,235,234 parameters\n"))
  }

  @Test("A converted module computes in the new type")
  func conversion() {
    let linear = Linear(from: 3, to: 2)
    linear.convert(to: .float64)
    #expect(linear(Tensor([1, 2, 3] as [Double], shape: [1, 3])).type == .float64)
    #expect(linear.weight.value.recordsGradient)
  }
}
