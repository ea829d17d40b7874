import Foundation
import Testing

@testable import RondoCheckpoints

@Suite struct SavedStateTests {
  @Test("Names of states are read as they are written, and nothing else is one")
  func names() {
    for name in [SavedStateName(step: 0), SavedStateName(step: 1_200, revision: 3)] {
      #expect(SavedStateName(name.description) == name)
    }
    let others = [
      "step-", "step-1-0", "step-01", "step--1", "step-1-2-3", "stop-1", ".partial-step-1",
      "step-1 ",
      "step-99999999999999999999", "",
    ]
    for text in others { #expect(SavedStateName(text) == nil, "\(text)") }
    #expect(SavedStateName(step: 9, revision: 2) < SavedStateName(step: 10))
    #expect(SavedStateName(step: 9) < SavedStateName(step: 9, revision: 1))
  }

  @Test("A file that is missing from a state is named")
  func missing() throws {
    let folder = try TestFolder()
    let run = try RunFolder.create(
      RunDescription(recipe: "copy", threadCount: 1), at: "\(folder.path)/run")
    try run.save(state(7))
    let state = run.path(of: "checkpoints/step-7")
    for name in try folder.names(in: "run/checkpoints/step-7") {
      try FileManager.default.moveItem(atPath: "\(state)/\(name)", toPath: "\(state)/away")
      let error = #expect(throws: CheckpointError.self) { try run.lastState() }
      #expect(error?.description == "cannot read \(state)/\(name): No such file or directory")
      try FileManager.default.moveItem(atPath: "\(state)/away", toPath: "\(state)/\(name)")
    }
  }

  @Test("A state of a newer format is refused")
  func newer() throws {
    let folder = try TestFolder()
    let run = try RunFolder.create(
      RunDescription(recipe: "copy", threadCount: 1), at: "\(folder.path)/run")
    try run.save(state(7))
    let file = "run/checkpoints/step-7/checkpoint.json"
    let json = String(decoding: try folder.bytes(file), as: UTF8.self)
    try folder.write(json.replacing("\"format\" : 1", with: "\"format\" : 3").utf8, to: file)
    let error = #expect(throws: CheckpointError.self) { try run.lastState() }
    #expect(
      error
        == .newerFormat(folder: run.path(of: "checkpoints/step-7"), found: 3, known: 1))
  }
}
