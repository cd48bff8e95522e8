import FoundationEssentials
import Sandbox
import TestSupport
import Testing

/// Symbolic links on the way to what is kept: a disk that was exchanged, a folder that was moved.
@Suite struct LinkTests {
  /// What is a symbolic link.
  enum Place: String, CaseIterable {
    case state
    case stateAndSlash
    case parent
    case applications
    case days
    case quarantine
    case configuration
  }

  /// A candidate's who is erased.
  private static let cpf = "11144477735"

  /// Makes the link, and returns the configuration's path for the commands.
  private func link(_ place: Place, on stage: Stage) throws -> String {
    let (files, link) = (FileManager.default, stage.folder.file("link"))
    switch place {
    case .state, .stateAndSlash:
      try files.createSymbolicLink(atPath: link, withDestinationPath: stage.folder.state)
      try stage.change("state", to: .string(link + (place == .state ? "" : "/")))
    case .parent:
      try files.createSymbolicLink(atPath: link, withDestinationPath: stage.folder.path)
      let name = URL(filePath: stage.folder.state).lastPathComponent
      try stage.change("state", to: .string("\(link)/\(name)"))
    case .applications, .days, .quarantine:
      let (path, moved) = ("\(stage.folder.state)/\(place.rawValue)", stage.folder.file("moved"))
      try files.moveItem(atPath: path, toPath: moved)
      try files.createSymbolicLink(atPath: path, withDestinationPath: moved)
    case .configuration:
      try files.createSymbolicLink(atPath: link, withDestinationPath: stage.folder.configuration)
      return link
    }
    return stage.folder.configuration
  }

  @Test(arguments: Place.allCases)
  func `webhooks and every command work behind a link`(_ place: Place) async throws {
    try await onStage { stage, gupy in
      let other = Array(#"{"cpf":"\#(Self.cpf)"}"#.utf8)
      var event = moved(1)
      event.cpf = Self.cpf
      #expect(try await gupy.post(event.body).text("/status") == "accepted")
      #expect(try await gupy.post(other).text("/status") == "quarantined")
      let configuration = try link(place, on: stage)
      #expect(try await gupy.post(moved(2).body).text("/status") == "accepted")
      #expect(try await gupy.post(moved(1001).body).text("/status") == "accepted")
      #expect(try await gupy.post(Array("{}".utf8)).text("/status") == "quarantined")
      let commands: [[String]] = [
        ["events", "list"], ["events", "show", "1"], ["retry"], ["reindex"],
        ["erase", "--cpf", "--yes"], ["purge", "--yes", "--older-than", "365d"],
      ]
      try stage.age(2)
      for command in commands {
        let told = try await stage.gatilhoctl(
          command + ["--config", configuration], input: Self.cpf + "\n")
        #expect(told.status == .exited(0), "\(command): \(told.error)")
      }
      let checked = try await stage.gatilhoctl("check", "--config", configuration)
      #expect(checked.text.contains("ok    state  "), "\(checked.text)")
      #expect(
        try stage.removed() == [1], "\(place): the purge has not removed what is old, or noted it")
    }
  }
}

extension Stage {
  /// How many applications each purge has removed, as the audit has it.
  fileprivate func removed() throws -> [Int] {
    let text = try String(contentsOf: URL(filePath: folder.state + "/audit.jsonl"), encoding: .utf8)
    return text.matches(of: /"applications":(\d+)[^\n]*"olderThan"/).compactMap { Int($0.1) }
  }
}
