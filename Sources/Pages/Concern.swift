import Gupy

/// A state in which messages stop, may stop, or wait for somebody.
///
/// The list is closed: each kind has a sentence and a remedy on the page and in `gatilhoctl check`, a
/// sample of the metric `gatilho_concern`, an alert rule, and a row in this folder's
/// README.md (`ConcernTests`).
package struct Concern: Equatable, Sendable {
  package let kind: Kind
  /// Since when it is so; nil where that is not known.
  package var since: Timestamp?
  /// How many events it is about; nil where nothing is counted.
  package var count: Int?
  /// What shows it: a figure, a path, a process or a provider's code, and nothing of a candidate.
  package var evidence: String?

  /// The word of the metric's label and of `check`'s line, the worst first; `sentence` says what each
  /// means.
  package enum Kind: String, CaseIterable, Sendable {
    case state, noRoom, unreadable
    case failing, keyRefused, paused, stuck, busy, clock, secret, limited, inactive, noDelivery
    case sharedState, futureDates, unfinished, noRetry, needsPerson, littleRoom, strayNames
  }

  init(_ kind: Kind, since: Timestamp? = nil, count: Int? = nil, evidence: String? = nil) {
    (self.kind, self.since, self.count, self.evidence) = (kind, since, count, evidence)
  }
}

extension Concern.Kind {
  /// Whether candidates wait for their messages because of it.
  package var isGrave: Bool {
    switch self {
    case .state, .noRoom, .unreadable, .failing, .keyRefused, .paused, .stuck, .busy, .secret,
      .limited, .inactive, .sharedState, .unfinished:
      true
    case .clock, .noDelivery, .futureDates, .noRetry, .needsPerson, .littleRoom, .strayNames: false
    }
  }
}
