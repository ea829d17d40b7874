import RondoTraining
import Testing

@testable import RondoRecipes

@Suite struct ScheduleViewTests {
  @Test("The four ways of letting go are drawn over epochs 0 to 99, with their values")
  func teacherForcing() throws {
    let view = ScheduleView.teacherForcing()
    #expect(
      view.chart.xName == "Epoch" && view.chart.yName == "Probability"
        && view.chart.series.count == 4)
    for line in view.chart.series {
      #expect(line.x == (0...99).map(Double.init))
      #expect(line.y.allSatisfy { (0...1).contains($0) })
    }
    #expect(view.table.columns.dropFirst().map { $0 } == [0, 25, 50, 75, 99].map { "epoch \($0)" })
    // 1 - e / 100, 0.97ᵉ, 10 / (10 + exp(e / 10)) and (1 + cos(π e / 100)) / 2, by hand.
    let expected = [
      ["linear", "1.0000", "0.7500", "0.5000", "0.2500", "0.0100"],
      ["exponential", "1.0000", "0.4670", "0.2181", "0.1018", "0.0490"],
      ["inverse sigmoid", "0.9091", "0.4508", "0.0631", "0.0055", "0.0005"],
      ["cosine", "1.0000", "0.8536", "0.5000", "0.1464", "0.0002"],
    ]
    #expect(view.table.rows == expected)
  }
}
