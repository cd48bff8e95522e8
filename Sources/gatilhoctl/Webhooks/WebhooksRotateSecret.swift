import ArgumentParser
import Configuration
import Glibc
import GupyAPI
import JSON

struct WebhooksRotateSecret: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-secret",
    abstract: "Changes the secret in the safe order, a step each time it is run.",
    discussion: """
      With one value in gupy.secrets: prints a fresh secret and the edit to make. With two: sees by a probe that gatilho takes both at gupy.url, has Gupy send the first (with the \
      whole webhook as the configuration says), and tells when to take the second out. Nothing is \
      remembered in between, so it may be run again at any time.

      Exits 0 when its step is done, 1 when nothing is changed because the probe fails or a webhook \
      lacks; 65, 69, 77, 78 as gatilhoctl webhooks --help says.

      Example: gatilhoctl webhooks rotate-secret --dry-run
      """)

  @OptionGroup var gupy: GupyOptions

  @OptionGroup var authorities: AuthoritiesOption

  @Flag(help: "Probe, say what would be done, and change nothing at Gupy.")
  var dryRun = false

  func run() throws {
    try gupy.perform { gupy, api in
      guard gupy.secrets.count == 2 else {
        return print(beginning(after: gupy.secretSources[0]))
      }
      let wanted = try gupy.wanted()
      try expectBoth(gupy)
      let ours = try ours(wanted, of: api.list())
      for (registration, wanted) in ours {
        if !dryRun { try api.update(registration.id, to: wanted) }
        print("update", registration.id.harmless, registration.action.harmless, "Authorization")
      }
      print(
        dryRun
          ? "nothing was done"
          : "In two hours take \"\(gupy.secretSources[1])\" out of gupy.secrets: until then Gupy may"
            + " repeat what it sent with the old secret.")
    }
  }

  /// A fresh secret, which is kept nowhere, and the edit that lets gatilho take it beside the old one.
  ///
  /// - Parameter source: where the secret of today comes from: `file:/etc/gatilho/gupy-secret`.
  private func beginning(after source: String) -> String {
    let isVariable = source.hasPrefix("env:")
    // Each rotation goes to the other of two names.
    let ending = isVariable ? "_NEW" : "-new"
    let next =
      source.hasSuffix(ending) ? String(source.dropLast(ending.count)) : source + ending
    let name = next.drop { $0 != ":" }.dropFirst()
    let place =
      isVariable
      ? "Put it into the workers' environment as \(name), and restart them after step 2."
      : "Write it into the file \(name), which only root and gatilho may read."
    return """
      A fresh secret, shown this once:

        \(WantedRegistration.freshSecret())

      1. \(place)
      2. In \(gupy.file), put it first and keep the old one second:
           "secrets": ["\(next)", "\(source)"]
      3. Run gatilhoctl webhooks rotate-secret again.
      """
  }

  private func expectBoth(_ gupy: GupyBlock) throws {
    let address = try gupy.address()
    do throws(PublicAddress.Objection) {
      _ = try PublicAddress(address)
    } catch .notPublic {
      // Only this side need reach it.
    } catch {
      throw DocumentError(file: self.gupy.file, path: "gupy.url", error.description)
    }
    let probe = Probe(url: address, caFile: authorities.caFile)
    for (secret, source) in zip(gupy.secrets, gupy.secretSources) {
      let result = probe.ask(secret: secret)
      print("probe with \(source): \(result)")
      guard result == .accepts else {
        throw ExitCode(
          EXIT_FAILURE,
          "\(address) does not take both secrets yet, so nothing is changed at Gupy: see that"
            + " gatilho runs with this configuration (an env: secret needs a restart)")
      }
    }
  }

  /// Every one of ours, duplicates too, or they would send the old secret for ever.
  private func ours(
    _ wanted: [WantedRegistration], of list: [Registration]
  ) throws -> [(Registration, WantedRegistration)] {
    let ours = wanted.map { wanted in list.filter(wanted.isThere).map { ($0, wanted) } }
    guard !ours.contains(where: \.isEmpty) else {
      throw ExitCode(
        EXIT_FAILURE,
        "Gupy lacks a webhook of ours, so nothing is changed: run gatilhoctl webhooks ensure")
    }
    return ours.flatMap(\.self)
  }
}
