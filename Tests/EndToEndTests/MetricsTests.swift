import FoundationEssentials
import Glibc
import Gupy
import Handler
import Journal
import Lookup
import Sandbox
import TestSupport
import Testing

/// What Prometheus gets, and what it makes of it.
@Suite struct MetricsTests {
  @Test func `Prometheus finds nothing to complain of`() async throws {
    try await onStage { (stage, gupy) async throws in
      for event in [moved(1), applied(2, mobile: Marker.mobile("0400")), applied(3, mobile: nil)] {
        _ = try await gupy.post(event.body)
      }
      _ = try await stage.retry()
      let answer = try await stage.look("/gatilho_metrics").get()
      #expect(answer.status == 200)
      let text = try await output("/usr/bin/promtool", ["check", "metrics"], input: answer.body)
      #expect(text == "")
      let values = Self.values(answer.body)
      #expect(values[#"gatilho_needs_person{kind="rejected"}"#] == 1)
      #expect(values["gatilho_healthy"] == 1)
      for name in ["gatilho_disk_free_bytes", "gatilho_disk_free_inodes"] {
        #expect(try #require(values[name]) > 1_000)
      }
      #expect(values["gatilho_removal_seconds"] == .infinity)
      #expect(values["gatilho_provider_seconds_count"] == 2)
      #expect(values[#"gatilho_provider_seconds_bucket{le="+Inf"}"#] == 2)
      #expect(values["gatilho_journal_sync_seconds_count"] == 3)
      let now = Double(Timestamp.now.milliseconds) / 1_000
      #expect(abs(try #require(values["gatilho_retry_last_run_timestamp_seconds"]) - now) < 600)
      #expect(abs(try #require(values["gatilho_last_delivery_timestamp_seconds"]) - now) < 600)
      let version = try await output(programs + "/gatilhoctl", ["--version"])
      #expect(values.keys.contains { $0.contains("version=\"\(version.dropLast())\"") })
    }
  }

  @Test func `a state folder that is gone is no figure but 503`() async throws {
    try await onStage(workers: 1) { (stage, _) async throws in
      // A worker that starts without the folder would not start at all.
      #expect(try await stage.look("/gatilho_metrics").get().status == 200)
      try FileManager.default.removeItem(atPath: stage.folder.state)
      #expect(try await stage.look("/gatilho_metrics").get().status == 503)
    }
  }

  /// Every kind of end, workers that are killed meanwhile, and Gupy's repeats.
  @Test func `after deliveries with kills every figure is the journal's`() async throws {
    try await onStage(workers: 3) { (stage, gupy) async throws in
      let endings = ["0101", "0101", "0101", "0400", "0429", "0500", "0503"]
      let events = (1...60).map { number -> GupyEvent in
        var event = moved(
          Int64(number % 25), minutesAgo: Double(100 - number),
          mobile: number % 9 == 0 ? nil : Marker.mobile(endings[number % endings.count]))
        event.step = "Passo \(number)"
        return event
      }
      let killer = Task {
        while true {
          try await Task.sleep(for: .milliseconds(15))
          if let worker = stage.workers.all.randomElement() { kill(worker, SIGKILL) }
        }
      }
      // nginx answers 502 where it finds no worker that lives: Gupy would come again.
      for event in events + events { _ = try await gupy.post(event.body) }
      killer.cancel()
      try await eventually { stage.workers.all.count == 3 }
      try await expectRecounted(stage)
    }
  }

  private func expectRecounted(_ stage: Stage) async throws {
    let (events, needs) = try recount(stage)
    #expect(events.count > 3 && events.values.reduce(0, +) > 40)
    let metrics = Self.values(try await stage.look("/gatilho_metrics").get().body)
    #expect(metrics.filter { $0.key.hasPrefix("gatilho_events") } == events)
    #expect(metrics.filter { $0.key.hasPrefix("gatilho_needs_person") && $0.value > 0 } == needs)
    let page = try await stage.look("/gatilho_status?lang=en").get()
    let legend = String(decoding: page.body, as: UTF8.self)
      .matches(of: /<dt>([^<]+)<\/dt><dd>(\d+)<\/dd>/)
    for (group, statuses) in Self.groups {
      let count = events.filter { event in statuses.contains { event.key.contains("\"\($0)\"") } }
        .values.reduce(0, +)
      let shown = legend.filter { $0.1 == group }.map { Double($0.2) }
      #expect(shown == [count, count], "\(group)")
    }
  }

  private static let groups = [
    ("Accepted", ["accepted"]), ("No message due", ["ignored"]),
    ("Waiting", ["received", "unavailable"]),
    ("Not delivered", ["undeliverable", "rejected", "unconfirmed"]),
  ]

  /// What a scan of the applications' files says.
  private func recount(
    _ stage: Stage
  ) throws -> (events: [String: Double], needs: [String: Double]) {
    let journal = Journal(state: stage.folder.state)
    var (events, needs): ([String: Double], [String: Double]) = ([:], [:])
    for application in Int64(0)..<25 {
      for entry in try journal.history(of: application).entries {
        let status = entry.listed.rawValue
        let reason = status == "ignored" ? entry.outcome?.reason ?? "" : ""
        let labels = "type=\"application.moved\",status=\"\(status)\",reason=\"\(reason)\""
        events["gatilho_events{\(labels)}", default: 0] += 1
        if let need = entry.need {
          needs["gatilho_needs_person{kind=\"\(need)\"}", default: 0] += 1
        }
      }
    }
    return (events, needs)
  }

  /// Each sample's value.
  private static func values(_ text: [UInt8]) -> [String: Double] {
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    let pairs = lines.filter { !$0.hasPrefix("#") }.compactMap { line -> (String, Double)? in
      let parts = line.split(separator: " ")
      return parts.last.flatMap { Double($0) }.map { (parts.dropLast().joined(separator: " "), $0) }
    }
    return Dictionary(pairs) { $1 }
  }
}
