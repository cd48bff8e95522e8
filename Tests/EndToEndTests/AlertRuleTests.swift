import FoundationEssentials
import TestSupport
import Testing

/// The alert rules, as Prometheus plays them.
@Suite struct AlertRuleTests {
  private static let rules = projectFile("nginx/prometheus-rules.yml")

  /// What the metrics say while all is well.
  private static let well = [
    "up{job=\"gatilho\"}": "1", "gatilho_healthy": "1", "gatilho_pause_seconds": "0",
    "gatilho_oldest_unfinished_seconds": "0", "gatilho_removal_seconds": "Inf",
    "gatilho_needs_person{kind=\"unconfirmed\"}": "0",
    "gatilho_needs_person{kind=\"rejected\"}": "0", "gatilho_needs_person{kind=\"noRule\"}": "9",
    "gatilho_retry_last_run_timestamp_seconds": "0+60", "gatilho_disk_free_bytes": "2000000000",
    "gatilho_last_delivery_timestamp_seconds": "0+60",
  ]

  private static let wrong: [(series: String, values: String, alert: String)] = [
    ("up{job=\"gatilho\"}", "0", "GatilhoDown"), ("gatilho_healthy", "0", "GatilhoDown"),
    ("gatilho_pause_seconds", "60", "GatilhoProviderDown"),
    ("gatilho_oldest_unfinished_seconds", "7201", "GatilhoUnfinished"),
    ("gatilho_removal_seconds", "172799", "GatilhoRemovalNear"),
    ("gatilho_needs_person{kind=\"unconfirmed\"}", "1", "GatilhoHeld"),
    ("gatilho_needs_person{kind=\"rejected\"}", "1", "GatilhoNeedsPerson"),
    ("gatilho_retry_last_run_timestamp_seconds", "0", "GatilhoRetrySilent"),
    ("gatilho_disk_free_bytes", "1000000000", "GatilhoDiskNearlyFull"),
    ("gatilho_last_delivery_timestamp_seconds", "0", "GatilhoNoDelivery"),
  ]

  /// How long everything stays as it is, in minutes: longer than the longest patience, four days.
  private static let minutes = 6_000

  @Test(arguments: wrong)
  func `an alert is raised by what is wrong, and no other`(
    _ series: String, _ values: String, _ alert: String
  ) async throws {
    try await expect([alert], with: Self.well.merging([series: values]) { $1 })
  }

  @Test func `no alert is raised while all is well`() async throws {
    try await expect([], with: Self.well)
  }

  @Test func `each alert is played`() async throws {
    let text = try projectText("nginx/prometheus-rules.yml")
    let names = text.matches(of: /alert: (\w+)/).map { String($0.1) }
    #expect(Set(names) == Set(Self.wrong.map(\.alert)))
    _ = try await output("/usr/bin/promtool", ["check", "rules", Self.rules])
  }

  /// A value for each minute; promtool's own way to repeat one knows no infinity.
  private static func repeated(_ value: String) -> String {
    value == "Inf"
      ? Array(repeating: value, count: minutes + 1).joined(separator: " ") : "\(value)x\(minutes)"
  }

  /// promtool passes only when exactly these alerts are firing at the end.
  private func expect(_ alerts: [String], with series: [String: String]) async throws {
    let inputs = series.sorted { $0.key < $1.key }.map { name, value in
      "    - { series: '\(name)', values: '\(Self.repeated(value))' }"
    }
    let samples = alerts.map { "{ labels: '{alertname=\"\($0)\"}', value: 1 }" }
    let test = """
      rule_files: ['\(Self.rules)']
      tests:
      - interval: 1m
        input_series:
      \(inputs.joined(separator: "\n"))
        promql_expr_test:
        - expr: 'count by (alertname) (ALERTS{alertstate="firing"})'
          eval_time: \(Self.minutes)m
          exp_samples: [\(samples.joined(separator: ", "))]
      """
    let folder = try TemporaryFolder()
    let file = try folder.write(test, to: "test.yml")
    let result = try await output("/usr/bin/promtool", ["test", "rules", file])
    #expect(result.contains("SUCCESS"))
  }
}
