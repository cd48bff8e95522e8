import ArgumentParser
import Configuration
import FoundationEssentials
import GupyAPI

struct WebhooksEnsure: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ensure",
    abstract: "Makes both webhooks at Gupy what the configuration says.",
    discussion: """
      Looks first, makes what lacks, mends what differs (address, secret, technical owner, inactive) \
      and leaves everything else alone; run again, it changes nothing, so a timer may run it. Gupy \
      is told to send the first of gupy.secrets.

      Ours is what has the action and the address. If there is none with our address and a single \
      one of that action, it is ours with a wrong address when its host is ours. Any other belongs \
      to another system, unless you name it by --adopt.

      Exits 0 when all is as wished, 1 when a duplicate is to be deleted, or with --dry-run when \
      something would change; 65, 69, 75, 77, 78 as gatilhoctl webhooks --help says.

      Example: gatilhoctl webhooks ensure --dry-run
      """)

  @OptionGroup var gupy: GupyOptions

  @Flag(help: "Say what would be done, and send Gupy nothing but questions.")
  var dryRun = false

  @Option(
    help: .init(
      "Make this webhook of Gupy's ours, whatever its address.", discussion: "Can be repeated.",
      valueName: "id"))
  var adopt: [String] = []

  @Flag(help: "Send the secret again, also where nothing is seen to differ.")
  var setSecret = false

  @Flag(help: "Do not look the host up: here its name leads elsewhere than on the Internet.")
  var skipLookup = false

  func run() throws {
    try gupy.perform { gupy, api in
      let wanted = try gupy.wanted()
      try expectPublic(
        gupy.address(), in: self.gupy.file, looksUp: !skipLookup, skipOption: "--skip-lookup")
      let plan = try RegistrationPlan(
        wanted, given: api.list(), adopted: adopt, sendsHeaders: setSecret)
      for step in plan.steps {
        if !dryRun { try step.perform(api) }
        print(step.line.harmless)
      }
      if !setSecret, plan.steps.contains(where: \.hidesHeaders) {
        print("Gupy does not show the headers; --set-secret sends them again")
      }
      if dryRun { print("nothing was done") }
      tell(plan)
      guard !plan.steps.contains(where: \.isDuplicate), !dryRun || !plan.changes else {
        throw ExitCode.failure
      }
    }
  }

  /// Leaves word for the page and the metrics, where this machine has the state folder.
  private func tell(_ plan: RegistrationPlan) {
    do {
      let site = try Site(file: gupy.file, environment: ProcessInfo.processInfo.environment)
      try becomeOwner(of: site.configuration.state)
      plan.noteInactive(in: site.journal)
    } catch {}
  }
}

extension RegistrationPlan.Step {
  /// Whether it stays as it is although nobody can see its secret.
  fileprivate var hidesHeaders: Bool {
    if case .keep(let registration) = self { !registration.showsHeaders } else { false }
  }

  fileprivate var isDuplicate: Bool { if case .duplicate = self { true } else { false } }

  fileprivate func perform(_ api: GupyAPI) throws(GupyAPIError) {
    switch self {
    case .create(let wanted): try api.create(wanted)
    case .update(let registration, let wanted, _): try api.update(registration.id, to: wanted)
    case .keep, .duplicate, .leave: break
    }
  }

  /// What it does, to which one, and why.
  fileprivate var line: String {
    switch self {
    case .create(let wanted): "create      \(wanted.action) → \(wanted.url)"
    case .update(let registration, _, let differences):
      "update      \(registration.name): \(differences.map(\.description).joined(separator: ", "))"
    case .keep(let registration): "keep        \(registration.name)"
    case .duplicate(let registration, let other):
      "duplicate   \(registration.name): the same as \(other.id), so that events come twice; "
        + "gatilhoctl webhooks delete --id \(registration.id)"
    case .leave(let registration): "left alone  \(registration.name) → \(registration.shownURL)"
    }
  }
}

extension Registration {
  fileprivate var name: String { "\(id) \(action)" }
}
