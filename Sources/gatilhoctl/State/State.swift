import ArgumentParser

/// The state folder itself.
struct State: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says whose the state folder is.",
    discussion: "Example: gatilhoctl state adopt --config /etc/gatilho/padaria.json",
    subcommands: [StateAdopt.self])
}
