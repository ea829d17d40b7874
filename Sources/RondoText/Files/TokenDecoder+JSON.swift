/// Reads a decoder's object.
func readDecoder(_ json: JSONValue) throws(RondoTextError) -> any TokenDecoder {
  switch try json.typeName() {
  case "Fuse": return FuseDecoder()
  case "ByteLevel": return ByteLevelDecoder()
  case "RunningText": return RunningTextDecoder()
  case let type: throw json.unsupported("the decoder \(type)")
  }
}

extension FuseDecoder: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "Fuse") }
}

extension ByteLevelDecoder: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "ByteLevel")
    writer.member("add_prefix_space", true)
    writer.member("trim_offsets", true)
    writer.member("use_regex", true)
  }
}

extension RunningTextDecoder: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "RunningText") }
}
