import Gupy
import JSON
import Journal

/// What is noted of a run, for `gatilhoctl check`: `<state>/retry.json`.
package struct RetryRun: Sendable {
  /// When it ended.
  package var at: Timestamp
  /// How many events came to each status; `unchanged`, `settledMeanwhile` and `failed` beside the
  /// outcomes.
  package var results: [String: Int] = [:]
  /// How many were not tried, because the provider failed or the run was stopped.
  package var untried = 0

  /// A run that has done nothing yet.
  package init(at: Timestamp) {
    self.at = at
  }

  /// How many events the next run has to take up.
  package var left: Int {
    untried + ["unavailable", "failed"].reduce(0) { $0 + results[$1, default: 0] }
  }
}

extension RetryRun {
  /// The latest run on a state folder; nil when there was none.
  package init?(state: String) {
    guard let run: RetryRun = File.value(at: state + "/retry.json") else { return nil }
    self = run
  }

  /// Takes the place of the earlier run.
  package func write(state: String) throws(JournalError) {
    try File.replace(state + "/retry.json", with: json)
  }
}

extension RetryRun: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    at = try json.value("at").orMismatch
    results = try json.value("results").orMismatch
    untried = try json.integer("untried").orMismatch
    // More is not ours, and would make sums overflow.
    let possible = 0...1_000_000_000_000
    guard results.values.allSatisfy(possible.contains), possible.contains(untried) else {
      throw JSONMismatch()
    }
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("at", at)
      $0.member("results", results)
      $0.member("untried", untried)
    }
  }
}
