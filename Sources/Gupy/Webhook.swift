/// What a body turned out to be.
package enum Webhook: Sendable, Equatable {
  /// An event of a type that gatilho acts upon.
  case event(WebhookEvent)
  /// An event of a type that nobody subscribed to; it is not looked into any further.
  case notSubscribed(id: String, type: String)
}

extension WebhookPayload {
  /// The webhook, if the body has what every event has.
  ///
  /// Throws `notAnEvent` with the first of these paths that is absent or unreadable: `id`,
  /// `event`, `date`, and, for a type that is subscribed to, `data.application.id`. Anything
  /// else that is wrong is a problem of the event's details.
  package func validated() throws(PayloadError) -> Webhook {
    let id = try required(.eventID, expected: "a string of 1 to 200 characters") { text in
      text.unicodeScalars.count <= 200 ? text : nil
    }
    let typeName = try required(.eventType, expected: "an action's name") { $0 }
    let date = try required(
      .eventDate, expected: "an RFC 3339 timestamp with a zone", as: Timestamp.init)
    guard let type = EventType(rawValue: typeName) else {
      return .notSubscribed(id: id, type: typeName)
    }
    let application = try required(
      .applicationID, expected: "a whole number from 0 to 2^63-1", as: ApplicationID.init)
    var reader = DetailsReader(self)
    let details = reader.details(type: type, date: date, application: application)
    return .event(WebhookEvent(id: id, details: details))
  }

  /// The application that the body is about, whatever else is wrong with it.
  package var application: ApplicationID? {
    guard case .text(let text) = value(at: .applicationID) else { return nil }
    return ApplicationID(text)
  }

  private func required<Value>(
    _ path: EventPath, expected: String, as parse: (String) -> Value?
  ) throws(PayloadError) -> Value {
    guard case .text(let text) = value(at: path), let value = parse(text) else {
      throw .notAnEvent(path: path.payloadPath, expected: expected)
    }
    return value
  }
}
