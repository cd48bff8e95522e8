import ArgumentParser
import GupyAPI
import Handler
import JSON

/// What Gupy has.
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
        let objects = rows.map { $0.json(isOurs: $1) }
        print(String(decoding: JSONValue.array(objects).json, as: UTF8.self))
      } else if rows.isEmpty {
        print("Gupy has no webhook: gatilhoctl webhooks ensure")
      } else {
        Table(["", "id", "action", "status", "address", "technical owner"], limit: 200)
          .print(rows.map { $0.cells(isOurs: $1) })
      }
    }
  }
}

extension Registration {
  fileprivate func cells(isOurs: Bool) -> [String] {
    let owner = [ownerName, ownerEmail].compactMap(\.self).joined(separator: ", ")
    return [isOurs ? "*" : "", id, action, status ?? "?", shownURL, owner]
  }

  fileprivate func json(isOurs: Bool) -> JSONValue {
    let texts = [
      "id": id, "action": action, "status": status, "postbackUrl": shownURL,
      "techOwnerName": ownerName, "techOwnerEmail": ownerEmail,
    ]
    let members = texts.compactMapValues { $0.map { JSONValue.string($0) } }
    return .object(members.merging(["ours": .bool(isOurs)]) { $1 })
  }
}
