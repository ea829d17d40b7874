import Testing

@testable import RondoTensor

@Suite struct DeviceTests {
  @Test("Names read and print", arguments: ["cpu", "mps", "cuda:0", "cuda:3"])
  func names(name: String) throws {
    #expect(try Device(name).description == name)
  }

  @Test("A name that is none is refused", arguments: ["gpu", "cuda:", "cuda:-1", "cpu:0", ""])
  func refused(name: String) {
    #expect(throws: DeviceError.unknown(name)) { try Device(name) }
  }

  @Test("The processor is always there, a thousandth graphics card never") func availability() {
    #expect(Device.cpu.isAvailable)
    #expect(throws: DeviceError.missing(.cuda(999))) { try Device.cuda(999).check() }
    #expect(DeviceError.missing(.cuda(999)).description.contains("use --device cpu"))
  }

  @Test("The thread count is what was set") func threads() {
    let before = Threads.count
    defer { Threads.count = before }
    Threads.count = 1
    #expect(Threads.count == 1)
  }
}
