import Configuration
import Journal
import Lookup

extension Overview {
  /// Everything as Prometheus reads it.
  var metrics: String {
    var metrics = MetricsText()
    metrics.add(
      "gatilho_build_info", "Which gatilho answers.",
      [(["version": Version.number, "swift": Version.swift], 1)])
    addEvents(to: &metrics)
    addService(to: &metrics)
    metrics.add(
      "gatilho_provider_seconds", "How long the provider was asked, since midnight UTC.",
      figures.providerToday)
    metrics.add(
      "gatilho_journal_sync_seconds",
      "How long the syncs of an event's handling took, since midnight UTC.", figures.journalToday)
    return metrics.text
  }

  private func addEvents(to metrics: inout MetricsText) {
    let events = Figures.sum(figures.hours).sorted { $0.key.words < $1.key.words }
    metrics.add(
      "gatilho_events", "Events of the last 24 hours, by what they came to.",
      events.map { kind, count in
        (["type": kind.type, "status": kind.status, "reason": kind.reason ?? ""], Double(count))
      })
    metrics.add(
      "gatilho_needs_person", "Events of the last 30 days that need a person.",
      Self.needs.map { (["kind": $0.rawValue], Double(count($0))) })
    metrics.add(
      "gatilho_unfinished", "Events that are in hand, or certainly not sent.",
      Double(figures.open.count(where: \.isUnfinished)))
    metrics.add(
      "gatilho_oldest_unfinished_seconds", "Age of the oldest of them; 0 without one.",
      figures.oldestUnfinished.map { Double(now.milliseconds - $0.milliseconds) / 1_000 } ?? 0)
  }

  private var failing: [(labels: MetricsText.Labels, value: Double)] {
    guard let trouble else { return [] }
    return [
      (
        ["cause": trouble.latest.cause, "prober": trouble.prober?.name ?? ""],
        Double(trouble.since) / 1_000
      )
    ]
  }

  private func addService(to metrics: inout MetricsText) {
    metrics.add(
      "gatilho_healthy", "Whether a webhook could be handled now.", health.error == nil ? 1 : 0)
    let concerns = Set(concerns.map(\.kind))
    metrics.add(
      "gatilho_concern", "1 for each state in which messages stop, or may, or wait for somebody.",
      Concern.Kind.allCases.map { (["concern": $0.rawValue], concerns.contains($0) ? 1 : 0) })
    metrics.add(
      "gatilho_pause_seconds", "How much longer sending is paused; 0 while it is not.",
      Double(trouble?.left ?? 0) / 1_000)
    metrics.add(
      "gatilho_provider_failing_since_timestamp_seconds",
      "Since when the provider takes no message, why, and which process tries.",
      failing)
    metrics.add(
      "gatilho_removal_seconds",
      "Until Gupy removes the address, if nothing is answered 200; +Inf while all is well.",
      figures.deliveries.removal.map { Double($0.milliseconds - now.milliseconds) / 1_000 }
        ?? .infinity)
    metrics.add(
      "gatilho_last_delivery_timestamp_seconds",
      "When something was last written of an event; 0 when nothing was for 30 days.",
      Double(figures.deliveries.latest?.milliseconds ?? 0) / 1_000)
    metrics.add(
      "gatilho_retry_last_run_timestamp_seconds",
      "When gatilhoctl retry last ended; 0 when it never did.",
      Double(retry?.at.milliseconds ?? 0) / 1_000)
    metrics.add(
      "gatilho_disk_free_bytes",
      "What the state folder's disk has left; +Inf where it is not counted.",
      freeBytes.map { Double($0) } ?? .infinity)
    metrics.add(
      "gatilho_disk_free_inodes",
      "How many files the state folder's disk has left; +Inf where they are not counted.",
      freeInodes.map { Double($0) } ?? .infinity)
  }
}

extension DaySummary.Kind {
  /// For putting kinds into an order.
  fileprivate var words: String { "\(type) \(status) \(reason ?? "")" }
}
