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
  /// Throws `notAnEvent` with the first of these paths that is absent, unreadable, too long, or there
  /// twice with different values: `id`, `event`, `date`, and, for a type that is subscribed to,
  /// `data.application.id`. Anything else that is wrong is a problem of the event's details.
  package func validated() throws(PayloadError) -> Webhook {
    let id = try required(.eventID, expected: "a string of 1 to 200 characters", as: Self.short)
    let typeName = try required(.eventType, expected: "an action's name", as: Self.short)
    let date = try required(.eventDate, expected: "an RFC 3339 timestamp with a zone") {
      Timestamp($0.trimmed)
    }
    guard let type = EventType(rawValue: typeName) else {
      return .notSubscribed(id: id, type: typeName)
    }
    let application = try required(
      .applicationID, expected: "a whole number from 0 to 2^63-1", as: ApplicationID.init)
    var reader = DetailsReader(self)
    let details = reader.details(type: type, date: date, application: application)
    return .event(WebhookEvent(id: id, details: details))
  }

  private static func short(_ text: String) -> String? {
    text.unicodeScalars.count <= 200 ? text : nil
  }

  /// The application that the body is about, whatever else is wrong with it; more than one only where
  /// it is ambiguous.
  package var applications: [ApplicationID] {
    values(at: .applicationID).compactMap { value in
      guard case .text(let text) = value else { return nil }
      return ApplicationID(text)
    }
  }

  private func required<Value>(
    _ path: EventPath, expected: String, as parse: (String) -> Value?
  ) throws(PayloadError) -> Value {
    guard !isAmbiguous(path) else {
      throw .notAnEvent(path: path.payloadPath, expected: "one value, not several")
    }
    guard case .text(let text) = value(at: path), let value = parse(text) else {
      throw .notAnEvent(path: path.payloadPath, expected: expected)
    }
    return value
  }
}
