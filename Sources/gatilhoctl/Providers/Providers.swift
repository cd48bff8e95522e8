import ArgumentParser
import Glibc
import JSON
import Messaging

struct Providers: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the providers' profiles, prints one, or checks one of your own.",
    subcommands: [List.self, Show.self, Lint.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the profiles with the settings that each takes.",
      discussion: "Example: gatilhoctl providers list")

    func run() throws {
      for name in ProviderProfile.builtIn.keys.sorted() {
        guard let profile = try ProviderProfile(builtIn: name) else { continue }
        print(name)
        for line in profile.lines { print("  " + line) }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints a profile, to start your own from.",
      discussion: "Example: gatilhoctl providers show callbell > my-provider.json")

    @Argument(help: "The profile's name.")
    var name: String

    func run() throws {
      guard let bytes = ProviderProfile.builtIn[name] else {
        throw ValidationError.noProfile(name)
      }
      print(String(decoding: bytes, as: UTF8.self), terminator: "")
    }
  }

  struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks a profile of your own.",
      discussion: """
        Exits 0 when the handler would take it, 78 when it would not.

        Example: gatilhoctl providers lint my-provider.json
        """)

    @Argument(help: "The profile's file.")
    var file: String

    func run() throws {
      let profile = try KnownFailure.exits { try ProviderProfile(file: file) }
      print("\(file): fine")
      for line in profile.lines { print("  " + line) }
    }
  }
}

extension ProviderProfile {
  /// What it is for, and each setting: whether it must be there, and what it is.
  fileprivate var lines: [String] {
    let types = types.filter { $0.value != .text }.mapValues(\.rawValue)
    let all =
      secrets.map { ($0, $1, "secret") } + settings.map { ($0, $1, types[$0] ?? "") }
    let rows = all.sorted { $0.0 < $1.0 }.map { name, about, kind in
      let need = [required.contains(name) ? "" : "optional", kind].filter { !$0.isEmpty }
      return name.padded(to: 10) + " " + need.joined(separator: " ").padded(to: 15) + " " + about
    }
    return [about, needs].compactMap(\.self) + rows
  }

  private var needs: String? {
    if takesText { return "needs no template: the first parameter is the whole text" }
    return needsTemplate ? nil : "needs no template and no messages"
  }
}

extension ValidationError {
  /// That no profile comes with gatilho under this name, and which do.
  static func noProfile(_ name: String) -> ValidationError {
    let known = ProviderProfile.builtIn.keys.sorted().joined(separator: ", ")
    return ValidationError("no profile \"\(name)\"; known: \(known)")
  }
}
