import Gupy
import Journal
import Messaging

extension Overview {
  /// What is not as it should be, the worst first.
  package var concerns: [Concern] { Concern.Kind.allCases.compactMap(concern) }

  /// The one place that decides whether a state is entered.
  private func concern(_ kind: Concern.Kind) -> Concern? {
    switch kind {
    case .state: lacksRoom ? nil : fault.map { Concern(.state, evidence: $0.description) }
    case .noRoom: lacksRoom ? room(.noRoom, \.isFull) ?? Concern(.noRoom) : quarantineIsFull
    case .unreadable: cannotRead ?? noted(.unreadable, as: .unreadable)
    case .failing: failing
    case .keyRefused: keyRefused
    case .paused: paused
    case .stuck: doesNotGoOn ?? noted(.stuck, as: .stuck)
    case .busy: noted(.busy, as: .busy)
    case .clock: noted(.clock, as: .clock)
    case .secret: noted(.secret, as: .secret)
    case .limited: noted(.limited, as: .limited)
    case .inactive: noted(.inactive, as: .inactive)
    case .noDelivery: noDelivery
    case .sharedState: noted(.sharedState, as: .sharedState)
    case .futureDates: noted(.futureDate, as: .futureDates)
    case .unfinished: old(.unfinished, figures.oldestUnfinished, Self.longestUnfinished)
    case .noRetry: noRetry
    case .needsPerson: needsPerson
    case .littleRoom: lacksRoom ? nil : room(.littleRoom, \.isNearlyFull)
    case .strayNames: strayNames
    }
  }

  /// Ten minutes, in milliseconds: one that is to come again is no outage, and Gupy's third delivery
  /// comes after six minutes.
  private static let longestFailing: Int64 = 600_000
  /// Gupy repeats for two hours; in milliseconds.
  private static let longestUnfinished: Int64 = 2 * 3_600_000
  /// The timer runs four times as often; in milliseconds.
  private static let longestWithoutRetry: Int64 = 3_600_000
  /// So long without a delivery is seldom what a company wants; in milliseconds.
  private static let longestSilence: Int64 = 4 * 86_400_000

  private var lacksRoom: Bool { fault?.isLackOfRoom == true }

  private func room(_ kind: Concern.Kind, _ isMeant: (FreeRoom) -> Bool) -> Concern? {
    rooms.first(where: isMeant).map { Concern(kind, evidence: $0.words) }
  }

  private var quarantineIsFull: Concern? {
    isQuarantineFull ? Concern(.noRoom, count: quarantined, evidence: "quarantine") : nil
  }

  private var cannotRead: Concern? {
    unreadable.first.map {
      Concern(.unreadable, count: unreadable.count, evidence: $0.description)
    }
  }

  private func noted(_ note: Notes.Kind, as kind: Concern.Kind) -> Concern? {
    notes[note].map {
      Concern(kind, since: Timestamp(milliseconds: $0.since), evidence: $0.evidence)
    }
  }

  /// Since a moment that is longer past than may be, in milliseconds.
  private func old(_ kind: Concern.Kind, _ since: Timestamp?, _ longest: Int64) -> Concern? {
    since.flatMap { age($0) > longest ? Concern(kind, since: $0) : nil }
  }

  private var failing: Concern? {
    old(.failing, figures.deliveries.failingSince, Self.longestFailing)
  }

  /// One answer is enough: no message leaves until a person mends it.
  private var keyRefused: Concern? {
    guard let trouble, trouble.latest.verdict == Verdict.misconfigured.rawValue else { return nil }
    return Concern(
      .keyRefused, since: Timestamp(milliseconds: trouble.since), evidence: trouble.latest.cause)
  }

  /// Until a message is taken again: that the next one may try says nothing of the provider.
  private var paused: Concern? {
    guard let trouble, !trouble.isClosed else { return nil }
    let evidence = [trouble.latest.cause, trouble.prober?.name].compactMap(\.self)
    return Concern(
      .paused, since: Timestamp(milliseconds: trouble.since),
      evidence: evidence.joined(separator: ", "))
  }

  private var doesNotGoOn: Concern? {
    guard let longest = stuck.first else { return nil }
    let names = stuck.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return Concern(
      .stuck, since: Timestamp(milliseconds: longest.since), count: names.count,
      evidence: names.prefix(3).joined(separator: ", "))
  }

  private var noDelivery: Concern? {
    guard let latest = figures.deliveries.latest else { return isNew ? nil : Concern(.noDelivery) }
    return old(.noDelivery, latest, Self.longestSilence)
  }

  private var noRetry: Concern? {
    guard let retry else { return Concern(.noRetry) }
    return old(.noRetry, retry.at, Self.longestWithoutRetry)
  }

  private var needsPerson: Concern? {
    let count = Standing.needingPerson.reduce(0) { $0 + self.count($1) }
    return count > 0 ? Concern(.needsPerson, count: count) : nil
  }

  private var strayNames: Concern? {
    guard strays.count > 0 else { return nil }
    let names = strays.paths.map { String($0.prefix(100)) }
    let more = strays.count > names.count ? ["…"] : []
    return Concern(
      .strayNames, count: strays.count, evidence: (names + more).joined(separator: ", "))
  }
}

extension FreeRoom {
  /// Which disk has how much left.
  package var words: String {
    let counts = [bytes.map { "\($0 / 1_000_000) MB" }, inodes.map { "\($0) inodes" }]
    return "\(folder): \(counts.compactMap(\.self).joined(separator: ", "))"
  }
}
