import Configuration
import Handler
import Lookup
import Operations

/// One run over the events that `retry` found: a row each, a pause between two, a summary.
struct RetryWork: Sendable {
  let site: Site
  /// From one event to the next.
  let pause: Duration
  /// Whether events are closed instead of handled.
  let closes: Bool

  /// After so many failures in a row sending is paused, and the next run goes on.
  private static let patience = 3

  /// Handles the events in their order until the task is cancelled or the provider is down, and
  /// notes the run in the state folder.
  ///
  /// - Returns: how many are left for the next run.
  func run(_ candidates: [Retry.Candidate]) async throws -> Int {
    let retry = Retry(site)
    let bar = ProgressBar()
    var run = RetryRun(at: .now)
    var (done, failures) = (0, 0)
    while done < candidates.count, failures < Self.patience {
      guard await isTimeForMore(after: done) else { break }
      let candidate = candidates[done]
      let result = retry.handle(candidate, closes: closes, complain: StandardError.print)
      bar.clear()
      print(candidate.row, result.words.harmless)
      done += 1
      bar.show(done, of: candidates.count)
      run.results[result.name, default: 0] += 1
      failures = result.isProviderFailure.map { $0 ? failures + 1 : 0 } ?? failures
    }
    bar.clear()
    run.untried = candidates.count - done
    return try end(run, isDown: failures == Self.patience)
  }

  /// Waits between two events; false when the run is to stop.
  private func isTimeForMore(after done: Int) async -> Bool {
    do {
      try await Task.sleep(for: done == 0 ? .zero : pause)
      return true
    } catch {
      return false
    }
  }

  private func end(_ run: RetryRun, isDown: Bool) throws -> Int {
    var run = run
    run.at = .now
    try KnownFailure.exits { try run.write(state: site.configuration.state) }
    if isDown {
      StandardError.print(
        "the provider failed \(Self.patience) times in a row: the next run goes on")
    }
    if run.left > 0, let words = site.journal.sendingWords { StandardError.print(words) }
    print(run.summary)
    return run.left
  }
}

extension Retry.Candidate {
  /// When it came, whose it is, what it is, what stood in its way.
  var row: String {
    [
      firstAt, event.details.application.description, event.id, event.details.type.rawValue,
      status.rawValue, "→",
    ].joined(separator: "  ").harmless
  }
}

extension Retry.Result {
  /// What came of it, in words.
  fileprivate var words: String {
    switch self {
    case .outcome(let outcome):
      // What a provider's answer says in words may quote the message.
      [outcome.status.rawValue, outcome.httpStatus == nil ? outcome.reason : nil]
        .compactMap(\.self).joined(separator: ": ")
    case .unchanged(let outcome): "still \(outcome.status.rawValue)"
    case .settledMeanwhile: "settled meanwhile"
    case .failed(let error): "\(error)"
    }
  }
}

extension RetryRun {
  /// `accepted 9, rejected 1; left for the next run: 2`.
  fileprivate var summary: String {
    let untried = untried > 0 ? ["untried": untried] : [:]
    let parts = results.merging(untried) { $1 }.sorted { $0.key < $1.key }
    guard !parts.isEmpty else { return "nothing to do" }
    return parts.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      + (left > 0 ? "; left for the next run: \(left)" : "")
  }
}
