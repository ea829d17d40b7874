import RondoCheckpoints
import Testing

@Suite struct NearestNameTests {
  @Test("A slip of the fingers finds the name that was meant")
  func slip() {
    let names = ["hiddenSize", "layerCount", "learningRate", "dropout"]
    #expect("hidenSize".nearest(among: names) == "hiddenSize")
    #expect("layersCount".nearest(among: names) == "layerCount")
    #expect("learning_rate".nearest(among: names) == "learningRate")
    #expect("dropuot".nearest(among: names) == "dropout")
    #expect("dropout".nearest(among: names) == "dropout")
  }

  @Test("A name that resembles none finds none")
  func stranger() {
    #expect("momentum".nearest(among: ["hiddenSize", "layerCount"]) == nil)
    #expect("".nearest(among: ["hiddenSize"]) == nil)
    #expect("hiddenSize".nearest(among: [String]()) == nil)
  }
}
