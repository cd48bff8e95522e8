import ArgumentParser
import GupyAPI
import JSON

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

struct WebhooksList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the webhooks that Gupy has, and which of them are ours.",
    discussion: """
      Ours (*) are those that bring application.created or application.moved to gupy.url. Of other \
      systems' addresses neither user nor query is shown.

      Example: gatilhoctl webhooks list --json | jq '.[] | select(.ours)'
      """)

  @OptionGroup var gupy: GupyOptions

  @Flag(help: "Print a JSON array instead of a table.")
  var json = false

  func run() throws {
    try gupy.perform { gupy, api in
      let rows = try api.list().map { registration in
        (registration, gupy.url.map { registration.isOurs(at: $0) } ?? false)
      }
      if json {
        print(
          String(decoding: JSONValue.array(rows.map { $0.json(isOurs: $1) }).json, as: UTF8.self))
      } else if rows.isEmpty {
        print("Gupy has no webhook: gatilhoctl webhooks ensure")
      } else {
        let heading = ["", "id", "action", "status", "address", "technical owner"]
        Table(heading: heading, limit: 200).print(
          rows.map { row, isOurs in
            let owner = [row.ownerName, row.ownerEmail].compactMap(\.self).joined(separator: ", ")
            return [
              isOurs ? "*" : "", row.id, row.action, row.status ?? "?", row.shownURL, owner,
            ]
          })
      }
    }
  }
}

extension Registration {
  fileprivate func json(isOurs: Bool) -> JSONValue {
    let texts = [
      "id": id, "action": action, "status": status, "postbackUrl": shownURL,
      "techOwnerName": ownerName, "techOwnerEmail": ownerEmail,
    ]
    let members = texts.compactMapValues { $0.map { JSONValue.string($0) } }
    return .object(members.merging(["ours": .bool(isOurs)]) { $1 })
  }
}
