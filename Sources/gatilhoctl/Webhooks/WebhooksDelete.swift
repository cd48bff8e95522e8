import ArgumentParser
import Configuration
import Glibc
import GupyAPI

struct WebhooksDelete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Deletes our webhooks at Gupy, or those that you name.",
    discussion: """
      Ours are those that bring application.created or application.moved to gupy.url. It asks first: \
      what happens at Gupy from then on is lost, for Gupy keeps nothing to send later.

      Exits 0 when they are gone, 1 when you say no or there is none, 64 when nobody can be asked; \
      65, 69, 75, 77, 78 as gatilhoctl webhooks --help says.

      Example: gatilhoctl webhooks delete --id 612
      """)

  @OptionGroup var gupy: GupyOptions

  @Option(
    help: .init(
      "Delete this one and no other, whoever's it is.", discussion: "Can be repeated.",
      valueName: "id"))
  var id: [String] = []

  @Flag(help: "Do not ask before what cannot be undone.")
  var yes = false

  func run() throws {
    try gupy.perform { gupy, api in
      let chosen = try chosen(of: api.list(), gupy)
      for registration in chosen {
        let (id, action) = (registration.id.harmless, registration.action.harmless)
        print(id, action, "→", registration.shownURL.harmless)
      }
      try Question.ask(
        "Delete \(chosen.count) at Gupy, which keeps no event to send it later.", isAnswered: yes)
      for registration in chosen {
        try api.delete(registration.id)
        print("deleted", registration.id.harmless)
      }
    }
  }

  private func chosen(
    of list: [Registration], _ gupy: GupyBlock
  ) throws -> [Registration] {
    let address = id.isEmpty ? try gupy.address() : ""
    let chosen = list.filter { id.isEmpty ? $0.isOurs(at: address) : id.contains($0.id) }
    let missing = id.filter { id in !chosen.contains { $0.id == id } }
    guard !chosen.isEmpty, missing.isEmpty else {
      throw ExitCode(
        EXIT_FAILURE,
        id.isEmpty
          ? "Gupy has none of ours" : "Gupy has no webhook \(missing.joined(separator: ", "))")
    }
    return chosen
  }
}
