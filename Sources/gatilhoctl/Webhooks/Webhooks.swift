import ArgumentParser

/// Gupy's side: which webhooks it has, and that they are what the configuration says.
struct Webhooks: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Registers gatilho's address at Gupy, and looks after the registrations.",
    discussion: """
      Reads only the block `gupy` of the configuration, and needs neither the state folder nor a \
      running gatilho: it may run anywhere. The token needs the permissions to configure, list, \
      update and delete webhooks configurations; it is never shown.

      All of them exit 0 when it is as wished, 1 when a person has to look, 65 when Gupy refuses \
      what it is sent, 69 when it answers with something else, 75 when it is to be run again (Gupy \
      is down, or asks for patience), 77 when Gupy refuses the token, 78 for the configuration.

      Example: gatilhoctl webhooks ensure --dry-run
      """,
    subcommands: [
      WebhooksList.self, WebhooksEnsure.self, WebhooksDelete.self, WebhooksRotateSecret.self,
    ], defaultSubcommand: WebhooksList.self)
}
