import Journal
import Lookup

extension RetryRun {
  /// Counts what came of one event.
  package mutating func add(_ result: Retry.Result) {
    results[result.name, default: 0] += 1
  }
}

extension Retry.Result {
  /// One word: an outcome's status, or what came instead of one.
  package var name: String {
    switch self {
    case .outcome(let outcome): outcome.status.rawValue
    case .unchanged: "unchanged"
    case .settledMeanwhile: "settledMeanwhile"
    case .failed: "failed"
    }
  }

  /// Whether the provider did not serve: `true` and `false` from its answer, nil without one.
  package var isProviderFailure: Bool? {
    guard case .outcome(let outcome) = self else { return nil }
    switch outcome.status {
    case .unavailable, .unconfirmed: return true
    case .accepted, .rejected: return false
    case .ignored, .undeliverable: return nil
    }
  }
}
