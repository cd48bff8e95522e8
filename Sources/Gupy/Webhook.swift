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
    let id = try required(.id, expected: "a string of 1 to 200 characters", as: Self.short)
    let typeName = try required(.type, expected: "an action's name", as: Self.short)
    let date = try required(.date, expected: "an RFC 3339 timestamp with a zone") {
      Timestamp($0.trimmed)
    }
    guard let type = EventType(rawValue: typeName) else {
      return .notSubscribed(id: id, type: typeName)
    }
    let application = try required(
      .application, expected: "a whole number from 0 to 2^63-1", as: ApplicationID.init)
    return .event(
      WebhookEvent(id: id, details: details(type: type, date: date, application: application)))
  }

  private static func short(_ text: String) -> String? {
    text.unicodeScalars.count <= 200 ? text : nil
  }

  private func required<Value>(
    _ field: EventField, expected: String, as parse: (String) -> Value?
  ) throws(PayloadError) -> Value {
    let path = field.places[0].joined(separator: ".")
    // Members with one name, on the way or at its end, may make it mean two things.
    let values = values(of: field)
    guard values.allSatisfy({ $0.allSatisfy($0[0].isSame) }) else {
      throw .notAnEvent(path: path, expected: "one value, not several")
    }
    let found = Self.value(among: values)
    guard let text = found.text, found.problem == nil, let value = parse(text) else {
      throw .notAnEvent(path: path, expected: expected)
    }
    return value
  }

  private func details(
    type: EventType, date: Timestamp, application: ApplicationID
  ) -> WebhookEvent.Details {
    var (values, problems): ([EventPath: String], [WebhookEvent.Problem]) = ([:], [])
    for field in EventField.all {
      let (text, problem) = field.value(of: self)
      values[field.path] = text
      if let problem { problems.append(WebhookEvent.Problem(path: field.path, problem: problem)) }
    }
    return WebhookEvent.Details(
      type: type, date: date, application: application, values, problems: problems)
  }

  /// The application that the body is about, whatever else is wrong with it; more than one only where
  /// it is ambiguous.
  package var applications: [ApplicationID] {
    values(of: .application).joined().compactMap { value in
      value.problem == nil ? value.text.flatMap(ApplicationID.init) : nil
    }
  }
}
