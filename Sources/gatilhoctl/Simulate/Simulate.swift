import ArgumentParser
import Configuration
import Handler
import JSON
import Journal
import Sandbox

/// Gupy without Gupy: invented events, posted as it posts them.
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Posts invented events as Gupy does, and says what became of each.",
    discussion: """
      Valid CPFs, Brazilian mobiles, applications that move from step to step. What is not answered \
      200 comes again on Gupy's timetable; --speed runs it faster, but not gatilho's own clock, which \
      sends nothing for a minute after a provider's failures. Nobody real is written to as long as the \
      provider is a fake: with "recipients": "everyone" it must be one on this machine.

      Example: gatilhoctl simulate --url https://localhost/gupy --count 1000 --duplicates 5%

      Exits 0 when nothing was given up and all that was answered 200 is on disk, else 1; 64 when it \
      refuses the host, 78 when it refuses the configuration.
      """)

  @OptionGroup var options: ConfigurationOptions

  @OptionGroup var authorities: AuthoritiesOption

  @Option(help: "Where to post to: https://localhost/gupy; gupy.url without it.")
  var url: String?

  @Option(help: ArgumentHelp("Events.", valueName: "number"))
  var count = 100

  @Option(
    help: ArgumentHelp(
      "Events a second; as many as get through without it.", valueName: "number"))
  var rate: Double?

  @Option(help: ArgumentHelp("Deliveries at once, at the most.", valueName: "number"))
  var concurrency = 16

  @Option(
    help: ArgumentHelp("Events that come again after a 200.", valueName: "percent"),
    transform: Percent.init)
  var duplicates = Percent.none

  @Option(
    help: ArgumentHelp(
      "Events that come after their application's next one.", valueName: "percent"),
    transform: Percent.init)
  var outOfOrder = Percent.none

  @Flag(help: "Send no Content-Type, as Gupy once a client header is configured.")
  var noContentType = false

  @Flag(help: "Put values where integrators have been told that they are.")
  var documentPaths = false

  @Option(help: ArgumentHelp("The same seed: the same events.", valueName: "number"))
  var seed = UInt64.random(in: 0...999_999)

  @Option(help: ArgumentHelp("How many times faster Gupy repeats.", valueName: "number"))
  var speed = 60.0

  @Flag(
    help: "Post to a host that is not this machine: it is yours, and no candidate depends on it.")
  var iOwnThisHost = false

  func validate() throws {
    guard 1...1_000_000 ~= count else { throw ValidationError("--count must be 1 to 1000000") }
    guard 1...256 ~= concurrency else { throw ValidationError("--concurrency must be 1 to 256") }
    guard rate.map({ 0.001...100_000 ~= $0 }) ?? true else {
      throw ValidationError("--rate must be 0.001 to 100000")
    }
    guard 0.001...1_000_000 ~= speed else {
      throw ValidationError("--speed must be 0.001 to 1000000")
    }
  }

  func run() async throws {
    let (address, secret) = try options.gupy { gupy throws(DocumentError) in
      let address = if let url { url } else { try gupy.address() }
      return (address, gupy.secrets[0])
    }
    let target = try SimulationTarget(address, isOwned: iOwnThisHost)
    let site = target.isHere ? try options.site() : nil
    if let site {
      try target.expectNobodyReal(in: site.configuration, file: options.config)
    }
    let events = SimulatedEvents(
      count: count, seed: seed, outOfOrder: outOfOrder.value, start: .now,
      spelling: documentPaths ? .documented : .real)
    print("seed".padded(to: 28), seed)
    let report = try await deliver(events.all, to: target.url, secret: secret)
    let disk = check(report, events.all, site)
    for line in SimulationTable(report, of: events, disk: disk).lines { print(line) }
    guard report.isClean, disk?.isClean ?? !target.isHere else { throw ExitCode.failure }
  }

  private func deliver(
    _ events: [GupyEvent], to url: String, secret: String
  ) async throws -> SimulationReport {
    let caFile = authorities.caFile
    let gupy =
      noContentType
      ? FakeGupy(url: url, caFile: caFile, contentType: "") : FakeGupy(url: url, caFile: caFile)
    let simulation = Simulation(events, from: gupy, secret: secret, options: how)
    let bar = ProgressBar()
    // Ctrl-C: the deliveries under way are finished, and then it is told how far it came.
    _ = try await Interruption.cancels { await simulation.run(show: bar.show) }
    bar.clear()
    return simulation.report
  }

  private var how: Simulation.Options {
    var how = Simulation.Options()
    how.rate = rate
    how.concurrency = concurrency
    how.duplicates = duplicates.value
    how.timetable = Timetable(speed: speed)
    how.seed = seed
    return how
  }

  /// Nil, and the reason on standard error, when the journal is not here or cannot be read.
  private func check(
    _ report: SimulationReport, _ events: [GupyEvent], _ site: Site?
  ) -> DiskCheck? {
    do throws(JournalError) {
      if let site { return try DiskCheck(report, of: events, in: site.journal) }
      StandardError.print("not looked up on disk: that is another machine's")
    } catch {
      StandardError.print("not looked up on disk: \(error)")
    }
    return nil
  }
}
