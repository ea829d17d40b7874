/// Reads a normalizer's object.
func readNormalizer(_ json: JSONValue) throws(RondoTextError) -> any Normalizer {
  switch try json.typeName() {
  case "Lowercase": return LowercaseNormalizer()
  case let type: throw json.unsupported("the normalizer \(type)")
  }
}

extension LowercaseNormalizer: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "Lowercase") }
}
