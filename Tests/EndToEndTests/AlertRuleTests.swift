import FastCGI
import FoundationEssentials
import TestSupport
import Testing

/// The alert rules, as Prometheus plays them.
@Suite struct AlertRuleTests {
  private static let rules = projectFile("nginx/prometheus-rules.yml")

  /// The status page's table of what can make it stop: a series that is 1, and the alert that it raises.
  private static let table: [(series: String, alert: String)] = {
    do {
      return try projectText("Sources/Pages/README.md")
        .matches(of: /\| `(gatilho_[^`]+)` \| `(Gatilho\w+)` \|/)
        .map { (String($0.1), String($0.2)) }
    } catch {
      return []
    }
  }()

  /// What the metrics say while all is well.
  private static let well = Dictionary(uniqueKeysWithValues: table.map { ($0.series, "0") })
    .merging([
      "up{job=\"gatilho\"}": "1", "gatilho_removal_seconds": "Inf",
      "gatilho_needs_person{kind=\"unconfirmed\"}": "0",
      "gatilho_needs_person{kind=\"noRule\"}": "9",
    ]) { $1 }

  private static let wrong: [(series: String, values: String, alert: String)] =
    table.map { ($0.series, "1", $0.alert) } + [
      ("up{job=\"gatilho\"}", "0", "GatilhoDown"),
      ("gatilho_removal_seconds", "172799", "GatilhoRemovalNear"),
      ("gatilho_needs_person{kind=\"unconfirmed\"}", "1", "GatilhoHeld"),
    ]

  /// How long everything stays as it is, in minutes: longer than the longest patience.
  private static let minutes = 120

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
