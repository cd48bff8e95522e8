import TestSupport

/// What a provider does with a message.
enum FarEnd: String, CaseIterable {
  case fine = "takes it"
  case refuses = "refuses it for good"
  case limits = "says 429"
  case breaks = "takes it and says 500"
  case hangsUp = "takes it and hangs up"

  /// Its answer.
  var reaction: LoopbackServer.Reaction {
    switch self {
    case .fine: .answer(LoopbackServer.http(200, #"{"message":{"uuid":"u"}}"#))
    case .refuses: .answer(LoopbackServer.http(422))
    case .limits: .answer(LoopbackServer.http(429))
    case .breaks: .answer(LoopbackServer.http(500))
    case .hangsUp: .close
    }
  }

  /// Whether the candidate may have got the message.
  var takes: Bool {
    switch self {
    case .fine, .breaks, .hangsUp: true
    case .refuses, .limits: false
    }
  }
}
