import Gupy

/// Something that is not as it should be.
enum Concern: Equatable {
  /// The state folder cannot be written.
  case state
  /// Nothing was answered 200 since then.
  case failing(since: Timestamp)
  /// The provider failed and is left in peace.
  case paused
  /// An event is not finished although Gupy's repeats are over.
  case unfinished
  /// So many events need a person.
  case needsPerson(Int)
  /// `gatilhoctl retry` does not run.
  case noRetry
  /// The disk is nearly full.
  case littleRoom

  /// Gupy repeats for two hours; in milliseconds.
  static let longestUnfinished: Int64 = 2 * 3_600_000
  /// The timer runs four times as often; in milliseconds.
  static let longestWithoutRetry: Int64 = 3_600_000
  /// A gibibyte.
  static let leastFreeBytes: UInt64 = 1 << 30

  /// Whether candidates wait for their messages because of it.
  var isGrave: Bool {
    switch self {
    case .state, .failing, .paused, .unfinished: true
    case .needsPerson, .noRetry, .littleRoom: false
    }
  }
}
