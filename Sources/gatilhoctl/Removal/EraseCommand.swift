import ArgumentParser
import Glibc
import Gupy
import Operations

struct EraseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erases a candidate's data, as the LGPD wants it when a person asks.",
    discussion: """
      Of each event stays its id, type, date, step and what became of it, so that Gupy's repeat is a \
      duplicate and sends nothing. Quarantined bodies that name the person are removed. Workers may \
      be running. A CPF or an e-mail address is asked for, or read from standard input: on the \
      command line everybody could see it. Erase at Gupy and at the provider too, and mind copies and \
      snapshots of the state folder. Each run adds a line to <state>/audit.jsonl.

      Example: gatilhoctl erase --cpf --dry-run

      Exits 0 when it is done or nothing was found, 1 when you say no, 64 when it cannot ask and has \
      no --yes, 65 for what is no CPF or address, 66 without one, 75 when it has to be run again \
      (stopped, an application was busy, or the disk failed).
      """)

  @OptionGroup var options: ConfigurationOptions

  @Option(help: .init("This application.", valueName: "number"))
  var application: ApplicationID?

  @Flag(help: "Every application of the person with this CPF.")
  var cpf = false

  @Flag(help: "Every application of the person with this e-mail address.")
  var email = false

  @Flag(help: "Say whose data would go, and erase nothing.")
  var dryRun = false

  @Flag(help: "Do not ask before it is erased.")
  var yes = false

  func validate() throws {
    guard [application != nil, cpf, email].count(where: \.self) == 1 else {
      throw ValidationError("give one of --application, --cpf and --email")
    }
  }

  func run() async throws {
    let erasure = Erasure(try options.site().journal, of: try target(), now: .now)
    let removal = Removal<Erasure.Findings>(
      verb: "erased", question: "Erase this for good.", find: erasure.find, remove: erasure.erase)
    try await removal.run(dryRun: dryRun, isAnswered: yes, show: show)
  }

  private func show(_ found: Erasure.Findings) {
    guard !found.report.isEmpty else { return print("nothing found") }
    if !found.people.isEmpty {
      Table(heading: ["application", "candidate", "job", "events"]).print(
        found.people.prefix(Self.shown).map {
          [String($0.application), $0.candidate ?? "–", $0.job ?? "–", String($0.events)]
        })
    }
    if found.people.count > Self.shown { print("… and \(found.people.count - Self.shown) more") }
    print(found.report.summary)
  }

  /// So many applications are listed: more are seldom one person's.
  private static let shown = 50

  private func target() throws -> Erasure.Target {
    if let application { return .application(application) }
    return .person(
      try cpf
        ? .cpf(read("CPF", as: CPF.init))
        : .email(read("E-mail address", as: EmailAddress.init)))
  }

  /// Asks for what must not stand on the command line, or reads it from standard input where nobody
  /// can be asked.
  ///
  /// - Throws: exit status 66 without a line, 65 for anything else than a value.
  private func read<Value>(_ name: String, as parse: (String) -> Value?) throws -> Value {
    if isatty(STDIN_FILENO) == 1 { print("\(name):", terminator: " ") }
    guard let line = readLine() else {
      throw ExitCode(EX_NOINPUT, "\(name): expected a line on standard input")
    }
    guard let value = parse(line) else {
      throw ExitCode(EX_DATAERR, "\(name): that is none; look for a typing mistake")
    }
    return value
  }
}

extension Erasure.Findings: ShownFindings {}
