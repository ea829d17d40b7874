import Foundation
import RondoTensor
import Testing

@Suite struct SafetensorsHeaderTests {
  private func read(_ json: String, dataByteCount: Int = 8) -> SafetensorsError? {
    do {
      _ = try SafetensorsHeader(json: Array(json.utf8), dataByteCount: dataByteCount, file: "f")
      return nil
    } catch { return error }
  }

  /// A header of one tensor, `a`, with the given members.
  private func one(_ members: String) -> String { "{\"a\":{\(members)}}" }

  @Test("Spaces, escapes and the order of fields do not matter")
  func freedom() throws {
    let json = """
      { "a\\u00e9\\ud83d\\ude00\\/" : { "data_offsets" : [ 0 , 8 ] ,\t"shape" : [ 2 , 1 ] ,\r
      "dtype" : "F32" } , "__metadata__" : { } }  
      """
    let header = try SafetensorsHeader(json: Array(json.utf8), dataByteCount: 8, file: "f")
    #expect(header.entries.map(\.name) == ["aé😀/"])
    #expect(header.entries[0].shape == [2, 1])
    #expect(header.dataByteCount == 8)
    #expect(read("{}", dataByteCount: 0) == nil)
  }

  @Test(
    "Each rule of the format is held, and its error names the field",
    arguments: [
      (
        #""dtype":"F32","shape":[2],"data_offsets":[0,9]"#, "a",
        SafetensorsError.Problem.wrongLength(expected: 8, found: 9)
      ),
      (
        #""dtype":"F32","shape":[2],"data_offsets":[8,0]"#, "a.data_offsets",
        .reversedRange(from: 8, to: 0)
      ),
      (#""dtype":"F32","shape":[2],"data_offsets":[1,9]"#, "a", .hole(byte: 1)),
      (
        #""dtype":"F32","shape":[4611686018427387904,2],"data_offsets":[0,8]"#, "a.shape",
        .overflow
      ),
      (
        #""dtype":"F32","shape":[0,4611686018427387904,2],"data_offsets":[0,0]"#, "a.shape",
        .overflow
      ),
      (#""dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,8]"#, "a.shape", .overflow),
      (#""dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]"#, "a", .unsupportedType("F8_E4M3")),
      (#""dtype":"F32","shape":[2]"#, "a.data_offsets", .missing),
      (#""dtype":"F32","data_offsets":[0,8]"#, "a.shape", .missing),
      (#""shape":[2],"data_offsets":[0,8]"#, "a.dtype", .missing),
      (#""dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1"#, "a.more", .unknown),
      (#""dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]"#, "a.dtype", .repeated),
    ])
  func rules(members: String, field: String, problem: SafetensorsError.Problem) {
    #expect(read(one(members)) == SafetensorsError(file: "f", field: field, problem: problem))
  }

  @Test("Tensors may neither overlap, nor occur twice, nor end before the data does")
  func neighbours() {
    let a = #""a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#
    let b = #""b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#
    #expect(read("{\(a),\(b)}")?.problem == .overlap(byte: 0))
    #expect(read("{\(a),\(a)}") == SafetensorsError(file: "f", field: "a", problem: .repeated))
    #expect(read("{\(a)}")?.problem == .wrongEnd(expected: 4, found: 8))
    #expect(
      read("{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}", dataByteCount: 0)?.field
        == "__metadata__.k")
  }

  @Test(
    "What JSON forbids is refused with its place",
    arguments: [
      "", "[]", "{", "{}x", "{\"a\"}", "{\"a\":1}", "{\"__metadata__\":{},}",
      "{\"__metadata__\":{\"k\":1}}",
      "{\"__metadata__\":{\"k\":\"\u{1}\"}}", "{\"__metadata__\":{\"k\":\"\\x\"}}",
      "{\"__metadata__\":{\"k\":\"\\ud800\"}}", "{\"__metadata__\":{\"k\":\"\\udc00\"}}",
      "{\"__metadata__\":{\"k\":\"\\ud800\\u0041\"}}", "{\"__metadata__\":{\"k\":\"\\u12g4\"}}",
      "{\"a\":{\"shape\":[01]}}", "{\"a\":{\"shape\":[-1]}}", "{\"a\":{\"shape\":[1.0]}}",
      "{\"a\":{\"shape\":[1,]}}", "{\"a\":{\"data_offsets\":[0,1,2]", "{'a':1}",
    ])
  func grammar(json: String) {
    guard case .malformed = read(json)?.problem else {
      Issue.record("\(json) led to \(read(json)?.description ?? "no error")")
      return
    }
  }

  @Test("Bytes that are no text, and nesting without end, are refused")
  func hostile() {
    let (start, end) = (#"{"a"#, #"":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}"#)
    #expect(read(start + end, dataByteCount: 0) == nil)
    let error = #expect(throws: SafetensorsError.self) {
      try SafetensorsHeader(
        json: Array(start.utf8) + [0xFF] + Array(end.utf8), dataByteCount: 0, file: "f")
    }
    #expect(error?.problem == .malformed(byte: 0, expected: "valid UTF-8"))
    #expect(read(String(repeating: "{\"a\":", count: 1_000_000)) != nil)
    #expect(read(String(repeating: "[", count: 1_000_000)) != nil)
    let ones = Array(repeating: "1", count: 65).joined(separator: ",")
    let axes = one("\"dtype\":\"F64\",\"shape\":[\(ones)],\"data_offsets\":[0,8]")
    #expect(read(axes)?.problem == .manyAxes(65))
  }

  @Test("An error is one sentence, however long a damaged name is")
  func sentence() {
    let error = read("{\"\(String(repeating: "x", count: 10_000))\":{\"dtype\":\"F32\"}}")
    #expect(
      error?.description
        == "'\(String(repeating: "x", count: 80))…' in f is damaged: this field is missing; "
        + "fetch or write the file again")
  }
}
