import Configuration
import FoundationEssentials
import Gupy
import Handler
import JSON
import Journal

extension Readers {
  /// Reads a configuration file. One that is taken can decide about events; one that is not is
  /// told what is wrong with it, in one line.
  func configuration(_ bytes: [UInt8]) throws -> String {
    let file = folder.path + "/gatilho.json"
    try Data(bytes).write(to: URL(filePath: file))
    do {
      let configuration = try Configuration(file: file, environment: Self.environment)
      try check(configuration)
      return "configuration"
    } catch let error as DocumentError {
      return try checked(error)
    }
  }

  private func check(_ configuration: Configuration) throws {
    try hold(1...2 ~= configuration.secrets.count, "there are one or two secrets")
    try hold(configuration.state.hasPrefix("/"), "the state folder's path is absolute")
    let rules = configuration.summary.count { $0.name.hasPrefix("rule ") }
    try hold(rules == configuration.rules.count, "rules are summed up")
    let policy = Policy(configuration: configuration, now: Self.now)
    let history = try story(holding: []).history
    for event in events { try check(policy.decide(event, history: history)) }
  }

  /// What an operator reads, without the file's folder.
  func checked(_ error: DocumentError) throws -> String {
    let text = error.description
    try hold(!error.file.isEmpty && !error.problem.isEmpty, "an error has a file and a problem")
    try hold(!text.utf8.contains { $0 < 0x20 || $0 == 0x7F }, "an error is one line")
    try hold(text.count <= 2_000, "an error can be read")
    return text.replacing(folder.path + "/", with: "")
  }
}
