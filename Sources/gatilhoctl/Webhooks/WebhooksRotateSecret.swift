import ArgumentParser
import Configuration
import Glibc
import GupyAPI
import Handler

/// Changes the secret in the order in which no delivery is refused.
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
        return print(RotationBeginning(file: self.gupy.file, source: gupy.secretSources[0]).text)
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

  private func expectBoth(_ gupy: GupyBlock) throws {
    let address = try gupy.address()
    try AddressCheck(file: self.gupy.file).expectOwn(address)
    let probe = Probe(url: address, caFile: authorities.caFile)
    for (secret, source) in zip(gupy.secrets, gupy.secretSources) {
      let result = probe.ask(secret: secret)
      print("probe with \(source): \(result)")
      guard result == .accepts else {
        StandardError.print(
          "\(address) does not take both secrets yet, so nothing is changed at Gupy: see that"
            + " gatilho runs with this configuration (an env: secret needs a restart)")
        throw ExitCode.failure
      }
    }
  }

  /// Every one of ours, duplicates too, or they would send the old secret for ever.
  private func ours(
    _ wanted: [WantedRegistration], of list: [Registration]
  ) throws -> [(Registration, WantedRegistration)] {
    let ours = wanted.map { wanted in list.filter(wanted.isThere).map { ($0, wanted) } }
    guard !ours.contains(where: \.isEmpty) else {
      StandardError.print(
        "Gupy lacks a webhook of ours, so nothing is changed: run gatilhoctl webhooks ensure")
      throw ExitCode.failure
    }
    return ours.flatMap(\.self)
  }
}
