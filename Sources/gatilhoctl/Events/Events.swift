import ArgumentParser

/// What happened to candidates' messages.
struct Events: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists events, and tells what happened to one candidate's message.",
    discussion: """
      Personal data is masked unless you say --reveal.

      Example: gatilhoctl events list --since 2h --status rejected
      """,
    subcommands: [EventsList.self, EventsShow.self, EventsDismiss.self],
    defaultSubcommand: EventsList.self)
}
