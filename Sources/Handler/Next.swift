import Journal

/// What comes next for an event: the table "on disk, means, next" of the journal's README.
enum Next: Equatable {
  /// Decide by the rules, and send if they say so.
  case decide
  /// Leave it in doubt: its message may have been sent.
  case hold
  /// Ask the provider what became of its message.
  case ask
  /// Answer as before.
  case `repeat`

  /// Whether the provider can be asked what became of a message.
  enum Asking: CaseIterable {
    case now
    /// At Gupy's next repeat: it was asked in vain, or there is no time.
    case later
    case never
  }

  /// - Parameters:
  ///   - standing: what is on disk of it; nil for nothing.
  ///   - mayResend: whether a message that may have been sent may be sent once more.
  ///   - isReopened: whether a person wants it handled.
  ///   - isLastCall: whether Gupy gives up before long.
  init(
    _ standing: Standing?, mayResend: Bool, asking: Asking, isReopened: Bool, isLastCall: Bool
  ) {
    if standing == .unconfirmed {
      let isAskedLater = asking == .later && !isLastCall
      let mayDecide = isReopened || mayResend && !isAskedLater
      self = asking == .now ? .ask : mayDecide ? .decide : .hold
    } else {
      self = standing?.isFinished == true && !isReopened ? .repeat : .decide
    }
  }
}
