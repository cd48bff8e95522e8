import Gupy
import Journal

extension Overview {
  /// What is not as it should be, the worst first.
  package var concerns: [Concern] { Concern.Kind.allCases.compactMap(concern) }

  /// The one place that decides whether a state is entered.
  private func concern(_ kind: Concern.Kind) -> Concern? {
    switch kind {
    case .state: health.error == nil ? nil : Concern(kind)
    case .noRoom: nil
    case .failing: figures.deliveries.failingSince.map { Concern(kind, since: $0) }
    case .keyRefused: nil
    case .paused: pause == nil ? nil : Concern(kind)
    case .stuck: noted(.stuck, as: kind)
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
    case .littleRoom: freeBytes < Concern.leastFreeBytes ? Concern(kind) : nil
    case .strayNames: nil
    }
  }

  private func noted(_ note: Notes.Kind, as kind: Concern.Kind) -> Concern? {
    notes[note].map {
      Concern(kind, since: Timestamp(milliseconds: $0.since), evidence: $0.evidence)
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
