import Gupy

/// A state in which messages stop, may stop, or wait for somebody.
///
/// The list is closed: each kind has a sentence and a remedy on the page and in `gatilhoctl check`, a
/// sample of the metric `gatilho_concern`, an alert rule, and a row in this folder's
/// README.md (`ConcernTests`).
package struct Concern: Equatable, Sendable {
  /// What it is.
  package let kind: Kind
  /// Since when it is so; nil where that is not known.
  package var since: Timestamp?
  /// How many events it is about; nil where nothing is counted.
  package var count: Int?
  /// What shows it: a figure, a path, a process or a provider's code, and nothing of a candidate.
  package var evidence: String?

  /// The word of the metric's label and of `check`'s line.
  package enum Kind: String, CaseIterable, Sendable {
    /// The state folder cannot be written.
    case state
    /// The disk is full: of bytes or of inodes.
    case noRoom
    /// A file or folder of gatilho's cannot be read or written.
    case unreadable
    /// Nothing was answered 200.
    case failing
    /// The provider refuses the account, the key or the address.
    case keyRefused
    /// The provider failed, and sending is paused.
    case paused
    /// A process holds a place and does not go on.
    case stuck
    /// Webhooks wait too long for a worker.
    case busy
    /// nginx's clock and the workers' differ.
    case clock
    /// Webhooks came with a secret that is not configured.
    case secret
    /// nginx turned webhooks away.
    case limited
    /// Gupy has switched the address off.
    case inactive
    /// Nothing came from Gupy for days.
    case noDelivery
    /// Workers of another configuration use the state folder.
    case sharedState
    /// Events are dated after their arrival.
    case futureDates
    /// An event is not finished although Gupy's repeats are over.
    case unfinished
    /// `gatilhoctl retry` does not run.
    case noRetry
    /// Events need a person.
    case needsPerson
    /// The disk is nearly full.
    case littleRoom
    /// The state folder holds what is not gatilho's.
    case strayNames
  }

  init(_ kind: Kind, since: Timestamp? = nil, count: Int? = nil, evidence: String? = nil) {
    (self.kind, self.since, self.count, self.evidence) = (kind, since, count, evidence)
  }
}

extension Concern {
  /// Ten minutes, in milliseconds.
  static let longestFailing: Int64 = 600_000
  /// Gupy repeats for two hours; in milliseconds.
  static let longestUnfinished: Int64 = 2 * 3_600_000
  /// The timer runs four times as often; in milliseconds.
  static let longestWithoutRetry: Int64 = 3_600_000
  /// So long without a delivery is seldom what a company wants; in milliseconds.
  static let longestSilence: Int64 = 4 * 86_400_000

  /// Whether candidates wait for their messages because of it.
  package var isGrave: Bool { kind.isGrave }
}

extension Concern.Kind {
  /// Whether candidates wait for their messages because of it.
  package var isGrave: Bool {
    switch self {
    case .state, .noRoom, .unreadable, .failing, .keyRefused, .paused, .stuck, .busy, .secret,
      .limited,
      .inactive, .sharedState, .unfinished:
      true
    case .clock, .noDelivery, .futureDates, .noRetry, .needsPerson, .littleRoom, .strayNames: false
    }
  }
}
