import Gupy
import Handler
import Journal

extension Readers {
  /// Reads a webhook's body. An event is canonical, comes back from the journal as it was, and can
  /// be decided about.
  func payload(_ bytes: [UInt8]) throws -> String {
    do {
      switch try WebhookPayload(json: bytes).validated() {
      case .notSubscribed: return "not subscribed"
      case .event(let event):
        try check(event)
        return "event"
      }
    } catch PayloadError.notJSON {
      return "not JSON"
    } catch PayloadError.notAnEvent(let path, let expected) {
      return "no event: \(path): expected \(expected)"
    }
  }

  private func check(_ event: WebhookEvent) throws {
    try hold(1...200 ~= event.id.unicodeScalars.count, "an id has 1 to 200 characters")
    try checkCanonical(event.details)
    let history = try kept(event)
    for policy in policies {
      let decision = policy.decide(event, history: history)
      if case .undeliverable(let problems) = decision {
        try hold(!problems.isEmpty, "what is undeliverable has problems")
      }
      try check(decision)
    }
  }

  private func checkCanonical(_ details: Details) throws {
    try hold(Timestamp(details.date.description) == details.date, "a date reads itself")
    let application = details.application
    try hold(ApplicationID(application.description) == application, "an id reads itself")
    if let phone = details.recipient {
      try hold(PhoneNumber(mobile: phone.e164) == phone, "a phone number reads itself")
    }
    let bad = details.problems.map(\.path)
    if let text = details[.candidateIdentificationDocument],
      !bad.contains(.candidateIdentificationDocument)
    {
      try hold(CPF(text)?.digits == text, "a CPF reads itself")
    }
    if let step = details[.currentStepName].map(FoldedText.init) {
      try hold(step.matches(pattern: step), "a text matches itself")
    }
  }

  private func kept(_ event: WebhookEvent) throws -> History {
    do {
      var story = try story(holding: [])
      let line = Line(at: nil, eventId: event.id, .event(event.details))
      try story.keep(event.id, adding: [line])
    }
    let history = try story().history
    let entry = history.entry(event.id)
    try hold(history.unreadableLines == [] && history.entries.count == 1, "a line is read")
    try hold(entry?.event == event.details, "an event comes back as it was")
    try hold(entry?.standing == .received, "an event that is kept is undecided")
    return history
  }
}
