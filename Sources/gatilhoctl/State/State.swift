import ArgumentParser
import FoundationEssentials
import Glibc
import Journal

struct State: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says whose the state folder is.",
    discussion: "Example: gatilhoctl state adopt --config /etc/gatilho/padaria.json",
    subcommands: [StateAdopt.self])
}

struct StateAdopt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Makes the state folder this configuration's, after it was moved or renamed.",
    discussion: """
      The first worker writes the path of its configuration into the state folder, and workers of any \
      other refuse to start: two in one folder would take each other's events for duplicates. From then \
      on workers that still read the old path refuse events; Gupy repeats them for two hours.

      Example: gatilhoctl state adopt --config /etc/gatilho/padaria.json

      Exits 0 when it is done or was so, 1 when you say no, 64 when it cannot ask and has no --yes, 75 \
      when the disk failed.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Flag(help: "Do not ask.")
  var yes = false

  func run() throws {
    let journal = try options.site().journal
    let file = absolute(options.config)
    try KnownFailure.exits {
      let holder = try journal.claim.holder()
      guard holder == nil || journal.otherHolder(than: file) != nil else {
        return print("\(journal.state) is the state folder of \(file): nothing to do")
      }
      print("old: \((holder ?? "none").harmless)")
      print("new: \(file.harmless)")
      try Question.ask("Make \(journal.state) the new one's.", isAnswered: yes || holder == nil)
      try journal.claim.adopt(file)
      journal.notes.clear(.sharedState)
    }
  }

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }
}
