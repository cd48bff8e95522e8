import Configuration
import Journal
import Lookup

extension Overview {
  /// Everything as Prometheus reads it.
  var metrics: [Metric] {
    [
      Metric(
        "gatilho_build_info", "Which gatilho answers.",
        [(["version": Version.number, "swift": Version.swift], 1)])
    ] + eventMetrics + serviceMetrics + [
      Metric(
        "gatilho_provider_seconds", "How long the provider was asked, since midnight UTC.",
        figures.providerToday),
      Metric(
        "gatilho_journal_sync_seconds",
        "How long the syncs of an event's handling took, since midnight UTC.",
        figures.journalToday),
    ]
  }

  private var eventMetrics: [Metric] {
    [
      Metric(
        "gatilho_events", "Events of the last 24 hours, by what they came to.", eventsByKind),
      Metric(
        "gatilho_needs_person", "Events of the last 30 days that need a person.",
        Standing.needingPerson.map { (["kind": $0.rawValue], Double(count($0))) }),
      Metric(
        "gatilho_unfinished", "Events that are in hand, or certainly not sent.",
        Double(figures.open.count(where: \.isUnfinished))),
      Metric(
        "gatilho_oldest_unfinished_seconds", "Age of the oldest of them; 0 without one.",
        figures.oldestUnfinished.map { Double(age($0)) / 1_000 } ?? 0),
    ]
  }

  private var serviceMetrics: [Metric] {
    [
      Metric("gatilho_healthy", "Whether a webhook could be handled now.", fault == nil ? 1 : 0),
      Metric(
        "gatilho_concern",
        "1 for each state in which messages stop, or may, or wait for somebody.",
        concernsByKind),
      Metric(
        "gatilho_pause_seconds", "How much longer sending is paused; 0 while it is not.",
        Double(trouble?.left ?? 0) / 1_000),
      Metric(
        "gatilho_provider_failing_since_timestamp_seconds",
        "Since when the provider takes no message, why, and which process tries.",
        providerFailure),
      Metric(
        "gatilho_removal_seconds",
        "Until Gupy removes the address, if nothing is answered 200; +Inf while all is well.",
        figures.deliveries.removal.map { -Double(age($0)) / 1_000 } ?? .infinity),
      Metric(
        "gatilho_last_delivery_timestamp_seconds",
        "When something was last written of an event; 0 when nothing was for 30 days.",
        Double(figures.deliveries.latest?.milliseconds ?? 0) / 1_000),
      Metric(
        "gatilho_retry_last_run_timestamp_seconds",
        "When gatilhoctl retry last ended; 0 when it never did.",
        Double(retry?.at.milliseconds ?? 0) / 1_000),
      Metric(
        "gatilho_disk_free_bytes",
        "What the state folder's disk has left; +Inf where it is not counted.",
        freeBytes.map { Double($0) } ?? .infinity),
      Metric(
        "gatilho_disk_free_inodes",
        "How many files the state folder's disk has left; +Inf where they are not counted.",
        freeInodes.map { Double($0) } ?? .infinity),
    ]
  }

  private var eventsByKind: [(labels: Metric.Labels, value: Double)] {
    let events = Figures.sum(figures.hours).map { (kind: $0, reason: $0.reason ?? "", count: $1) }
    return events.sorted {
      ($0.kind.type, $0.kind.status, $0.reason) < ($1.kind.type, $1.kind.status, $1.reason)
    }.map { kind, reason, count in
      (["type": kind.type, "status": kind.status, "reason": reason], Double(count))
    }
  }

  private var concernsByKind: [(labels: Metric.Labels, value: Double)] {
    let entered = Set(concerns.map(\.kind))
    return Concern.Kind.allCases.map {
      (["concern": $0.rawValue], entered.contains($0) ? 1 : 0)
    }
  }

  private var providerFailure: [(labels: Metric.Labels, value: Double)] {
    guard let trouble else { return [] }
    let labels: Metric.Labels = [
      "cause": trouble.latest.cause, "prober": trouble.prober?.name ?? "",
    ]
    return [(labels, Double(trouble.since) / 1_000)]
  }
}
