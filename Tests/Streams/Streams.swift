import ArgumentParser
import FastCGI
import FoundationEssentials
import Glibc

/// The long run of the random streams.
@main
struct Streams: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "streams",
    abstract: "Plays random streams of deliveries, duplicates and crashes against a model.",
    discussion: """
      Prints the run's seed first and a count last. Stops at the first stream that goes otherwise \
      than the model says, prints it, and exits 1; --seed and --stream then play it alone.
      """)

  @Option(help: "How many streams.")
  var count = 100_000

  @Option(help: "A number that stands for the whole run.")
  var seed = UInt64.random(in: .min ... .max)

  @Option(help: "Play the stream of this number alone, and print it.")
  var stream: Int?

  @Option(help: "How many streams are played at once.")
  var threads = 2

  static func main() async {
    FatalSignals.endTheProcess()
    await main(nil)
  }

  func validate() throws {
    guard count > 0, threads > 0, stream ?? 0 >= 0 else {
      throw ValidationError("counts begin at 1, the numbers of streams at 0")
    }
  }

  func run() async throws {
    print("seed \(seed)")
    if let stream { print(Stream(seed: seed, number: stream)) }
    let numbers = stream.map { $0..<$0 + 1 } ?? 0..<count
    let run = Run(seed: seed, numbers: numbers)
    let progress = Task { try await show(run) }
    let report = try await Self.silently { try await run.play(on: threads) }
    progress.cancel()
    if let disagreement = report.disagreement { print(disagreement) }
    print(report.tally)
    let isComplete = report.disagreement == nil && report.tally.streams == numbers.count
    guard isComplete, report.tally.isClean else { throw ExitCode.failure }
  }

  /// Counts on a terminal.
  private func show(_ run: Run) async throws {
    while isatty(STDOUT_FILENO) == 1 {
      try await Task.sleep(for: .seconds(1))
      print("\r\(run.played)", terminator: "\r")
      fflush(nil)
    }
  }

  /// The handler's log goes nowhere.
  private static func silently<Result>(_ work: () async throws -> Result) async throws -> Result {
    let standardError = dup(STDERR_FILENO)
    let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
    dup2(nowhere, STDERR_FILENO)
    defer {
      dup2(standardError, STDERR_FILENO)
      for descriptor in [standardError, nowhere] { close(descriptor) }
    }
    return try await work()
  }
}
