import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct BridgeTests {
  @Test("A sum adds the directions of each layer")
  func sum() {
    seedRandomness(22)
    let state = HiddenState(hidden: Tensor(uniform: -1..<1, shape: [4, 3, 5]))
    let bridge = Bridge(.sum, from: 5, directionCount: 2, to: 5, layerCount: 2)
    let crossed = bridge(state).hidden
    expectEqual(crossed[0], state.hidden[0] + state.hidden[1])
    expectEqual(crossed[1], state.hidden[2] + state.hidden[3])
    #expect(bridge.parameterCount == 0)
  }

  @Test("A projection reads both directions of a row, for each part of the state")
  func projection() {
    seedRandomness(23)
    let state = LSTMState(
      hidden: Tensor(uniform: -1..<1, shape: [2, 3, 5]),
      cell: Tensor(uniform: -1..<1, shape: [2, 3, 5]))
    let bridge = Bridge(.projection, from: 5, directionCount: 2, to: 4, partCount: 2)
    let crossed = bridge(state)
    #expect(crossed.cell.shape == [1, 3, 4])
    let joined = concatenated([state.cell[0], state.cell[1]], axis: -1)
    expectEqual(crossed.cell[0], bridge.projections[1](joined).tanh())
  }

  @Test(
    "Finite differences give the same gradients, of parameters and of the state that crosses",
    arguments: [Bridge.Kind.projection, .sum])
  func differences(kind: Bridge.Kind) {
    /// The state as a parameter, so that its gradient is tried too.
    struct Crossing: Module {
      let state: Parameter
      let bridge: Bridge
    }
    seedRandomness(24)
    let crossing = Crossing(
      state: Parameter(uniformWithin: 1, shape: [4, 3, 5]),
      bridge: Bridge(kind, from: 5, directionCount: 2, to: 5, layerCount: 2))
    checkGradient(of: crossing) {
      let crossed = crossing.bridge(HiddenState(hidden: crossing.state.value)).hidden
      return (crossed.squared() * crossed).sum()
    }
  }

  @Test("Layers are matched from the top", arguments: [(1, [2]), (3, [0, 0, 1]), (2, [0, 1])])
  func layers(decoderLayerCount: Int, expected: [Int]) {
    let encoderLayerCount = decoderLayerCount == 1 ? 3 : 2
    let state = HiddenState(
      hidden: Tensor(rangeTo: encoderLayerCount).converted(to: .float32)
        .reshaped(encoderLayerCount, 1, 1))
    let bridge = Bridge(.sum, from: 1, directionCount: 1, to: 1, layerCount: decoderLayerCount)
    #expect(bridge(state).hidden.scalars == expected.map(Float.init))
  }
}
