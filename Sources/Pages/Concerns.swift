import Gupy
import Journal
import Messaging

extension Overview {
  /// What is not as it should be, the worst first.
  package var concerns: [Concern] { Concern.Kind.allCases.compactMap(concern) }

  /// The one place that decides whether a state is entered.
  private func concern(_ kind: Concern.Kind) -> Concern? {
    switch kind {
    case .state: health.lacksRoom ? nil : health.error.map { Concern(kind, evidence: $0) }
    case .noRoom: health.lacksRoom ? room(kind, \.isFull) ?? Concern(kind) : quarantine(kind)
    case .unreadable: unreadable(kind)
    case .failing: failing(kind)
    case .keyRefused: refused(kind)
    case .paused: paused(kind)
    case .stuck: stuck(kind) ?? noted(.stuck, as: kind)
    case .busy: noted(.busy, as: kind)
    case .clock: noted(.clock, as: kind)
    case .secret: noted(.secret, as: kind)
    case .limited: noted(.limited, as: kind)
    case .inactive: noted(.inactive, as: kind)
    case .noDelivery: silence(kind)
    case .sharedState: noted(.sharedState, as: kind)
    case .futureDates: noted(.futureDate, as: kind)
    case .unfinished: unfinished(kind)
    case .noRetry: withoutRetry(kind)
    case .needsPerson: needing(kind)
    case .littleRoom: health.lacksRoom ? nil : room(kind, \.isNearlyFull)
    case .strayNames: strayNames(kind)
    }
  }

  private func room(_ kind: Concern.Kind, _ isMeant: (FreeRoom) -> Bool) -> Concern? {
    rooms.first(where: isMeant).map { Concern(kind, evidence: $0.words) }
  }

  private func quarantine(_ kind: Concern.Kind) -> Concern? {
    isQuarantineFull ? Concern(kind, count: quarantined, evidence: "quarantine") : nil
  }

  private func unreadable(_ kind: Concern.Kind) -> Concern? {
    guard let first = unreadable.first else { return noted(.unreadable, as: kind) }
    return Concern(kind, count: unreadable.count, evidence: first.description)
  }

  private func strayNames(_ kind: Concern.Kind) -> Concern? {
    guard strays.count > 0 else { return nil }
    let names = strays.paths.map { String($0.prefix(100)) }
    let more = strays.count > names.count ? ["…"] : []
    return Concern(kind, count: strays.count, evidence: (names + more).joined(separator: ", "))
  }

  private func noted(_ note: Notes.Kind, as kind: Concern.Kind) -> Concern? {
    notes[note].map {
      Concern(kind, since: Timestamp(milliseconds: $0.since), evidence: $0.evidence)
    }
  }

  /// One answer is enough: no message leaves until a person mends it.
  private func refused(_ kind: Concern.Kind) -> Concern? {
    guard let trouble, trouble.latest.isMisconfigured else { return nil }
    return Concern(kind, since: trouble.beginning, evidence: trouble.latest.cause)
  }

  /// Until a message is taken again: that the next one may try says nothing of the provider.
  private func paused(_ kind: Concern.Kind) -> Concern? {
    guard let trouble, !trouble.isClosed else { return nil }
    let evidence = [trouble.latest.cause, trouble.prober?.name].compactMap(\.self)
    return Concern(kind, since: trouble.beginning, evidence: evidence.joined(separator: ", "))
  }

  private func stuck(_ kind: Concern.Kind) -> Concern? {
    guard let longest = stuck.first else { return nil }
    let names = stuck.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return Concern(
      kind, since: Timestamp(milliseconds: longest.since), count: names.count,
      evidence: names.prefix(3).joined(separator: ", "))
  }

  /// One that is to come again is no outage: Gupy's third delivery comes after six minutes.
  private func failing(_ kind: Concern.Kind) -> Concern? {
    figures.deliveries.failingSince.flatMap {
      age($0) > Concern.longestFailing ? Concern(kind, since: $0) : nil
    }
  }

  private func silence(_ kind: Concern.Kind) -> Concern? {
    guard let latest = figures.deliveries.latest else { return isNew ? nil : Concern(kind) }
    return age(latest) > Concern.longestSilence ? Concern(kind, since: latest) : nil
  }

  private func unfinished(_ kind: Concern.Kind) -> Concern? {
    figures.oldestUnfinished.flatMap {
      age($0) > Concern.longestUnfinished ? Concern(kind, since: $0) : nil
    }
  }

  private func withoutRetry(_ kind: Concern.Kind) -> Concern? {
    if let retry, age(retry.at) <= Concern.longestWithoutRetry { return nil }
    return Concern(kind, since: retry?.at)
  }

  private func needing(_ kind: Concern.Kind) -> Concern? {
    let needing = Self.needs.reduce(0) { $0 + count($1) }
    return needing > 0 ? Concern(kind, count: needing) : nil
  }

  /// In milliseconds.
  private func age(_ moment: Timestamp) -> Int64 { now.milliseconds - moment.milliseconds }
}

extension CircuitBreaker.Trouble {
  fileprivate var beginning: Timestamp { Timestamp(milliseconds: since) }
}

extension ProviderFailure {
  fileprivate var isMisconfigured: Bool { verdict == Verdict.misconfigured.rawValue }
}

extension FreeRoom {
  /// Which disk has how much left.
  package var words: String {
    let counts = [bytes.map { "\($0 / 1_000_000) MB" }, inodes.map { "\($0) inodes" }]
    return "\(folder): \(counts.compactMap(\.self).joined(separator: ", "))"
  }
}
