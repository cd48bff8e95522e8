import ArgumentParser
import Configuration
import FoundationEssentials
import Glibc
import GupyAPI
import HTTPClient
import Handler
import JSON
import Journal
import Sandbox

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

  @Option(help: .init("Events.", valueName: "number"))
  var count = 100

  @Option(help: .init("Events a second; as many as get through without it.", valueName: "number"))
  var rate: Double?

  @Option(help: .init("Deliveries at once, at the most.", valueName: "number"))
  var concurrency = 16

  @Option(
    help: .init("Events that come again after a 200.", valueName: "percent"),
    transform: Percent.init)
  var duplicates = Percent()

  @Option(
    help: .init(
      "Events that come after their application's next one.", valueName: "percent"),
    transform: Percent.init)
  var outOfOrder = Percent()

  @Flag(help: "Send no Content-Type, as Gupy once a client header is configured.")
  var noContentType = false

  @Flag(help: "Put values where integrators have been told that they are.")
  var documentPaths = false

  @Option(help: .init("The same seed: the same events.", valueName: "number"))
  var seed = UInt64.random(in: 0...999_999)

  @Option(help: .init("How many times faster Gupy repeats.", valueName: "number"))
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
    let (address, secret) = try KnownFailure.exits {
      let gupy = try GupyBlock(
        file: options.config, environment: ProcessInfo.processInfo.environment)
      return (try url ?? gupy.address(), gupy.secrets[0])
    }
    let isHere = Self.isHere(address)
    guard isHere || iOwnThisHost else {
      throw ValidationError(
        "the host of \(address) is not this machine; invented events would stay in its journal, and"
          + " go to its provider. Where that harms nobody, say --i-own-this-host")
    }
    let site = isHere ? try options.site() : nil
    if let site { try expectNobodyReal(in: site.configuration) }
    let events = SimulatedEvents(
      count: count, seed: seed, outOfOrder: outOfOrder.value, start: .now,
      spelling: documentPaths ? .documented : .real)
    print("seed".padded(to: 28), seed)
    let report = try await deliver(events.all, to: address, secret: secret)
    let disk = check(report, events.all, site)
    report.print(of: events, disk: disk)
    guard report.isClean, disk?.isClean ?? !isHere else { throw ExitCode.failure }
  }

  /// Whether an address leads to this machine and nowhere else, as the resolver says.
  private static func isHere(_ url: String) -> Bool {
    Address(url).map { HostLookup($0.host).isLoopback } ?? false
  }

  /// What the configuration of this machine must not do: the invented numbers may be somebody's.
  ///
  /// - Throws: exit status 78, and what to do about it on standard error.
  private func expectNobodyReal(in configuration: Configuration) throws {
    let provider = configuration.provider.baseURL
    guard configuration.recipients == .everyone, !Self.isHere(provider) else { return }
    throw ExitCode(
      EX_CONFIG,
      "\(options.config): recipients is \"everyone\" and the provider is no fake on this machine:"
        + " the invented numbers may be somebody's. Set recipients to \"nobody\", or"
        + " provider.baseURL to a fake")
  }

  private func deliver(
    _ events: [GupyEvent], to url: String, secret: String
  ) async throws -> SimulationReport {
    var gupy = FakeGupy(url: url, caFile: authorities.caFile)
    if noContentType { gupy.contentType = "" }
    var how = Simulation.Options()
    how.rate = rate
    how.concurrency = concurrency
    how.duplicates = duplicates.value
    how.waits = Simulation.waits(speed: speed)
    how.seed = seed
    let simulation = Simulation(events, from: gupy, secret: secret, options: how)
    let bar = ProgressBar()
    // Ctrl-C: the deliveries under way are finished, and then it is told how far it came.
    _ = try await Interruption.cancels { await simulation.run(show: bar.show) }
    bar.clear()
    return simulation.report
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
