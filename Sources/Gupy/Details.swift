import JSON

extension WebhookEvent {
  /// What the journal stores of an event; nothing else of the payload is kept.
  package struct Details: Sendable, Equatable {
    /// What happened.
    package let type: EventType
    /// When it happened, by Gupy's clock; this orders the events of an application.
    package let date: Timestamp
    /// Whose event it is; also the name of its file in the journal.
    package let application: ApplicationID
    /// What is there of `EventField.all`: the company's name, then what stands in `EventObject.all`.
    private var values: [Value]
    /// What is wrong with the values, in the order of their fields.
    package private(set) var problems: [Problem]

    private struct Value: Sendable, Equatable {
      let path: EventPath
      var text: String
    }

    /// Details of these values; those that stand elsewhere, or are made of others, are left out.
    package init(
      type: EventType, date: Timestamp, application: ApplicationID,
      _ values: [EventPath: String] = [:], problems: [Problem] = []
    ) {
      (self.type, self.date, self.application) = (type, date, application)
      let paths = [.companyName] + EventObject.all.flatMap(\.members).map(\.path)
      self.values = paths.compactMap { path in values[path].map { Value(path: path, text: $0) } }
      self.problems = problems
    }

    /// The text at `path`, nil if it is absent or if it is the event's id, which stands beside them.
    ///
    /// Names are as sent, a CPF is its eleven digits and a phone E.164 if they are valid, otherwise as
    /// sent; the full name is name and last name with a space between, or the one that is there.
    package subscript(path: EventPath) -> String? {
      switch path {
      case .eventID: nil
      case .eventType: type.rawValue
      case .eventDate: date.description
      case .applicationID: application.description
      case .candidateFullName: fullName
      case .companyName, .jobID, .jobName, .jobBranchCode, .jobDepartmentCode, .candidateName,
        .candidateLastName, .candidateEmail, .candidateIdentificationDocument,
        .candidateMobileNumber, .currentStepName, .currentStepType, .previousStepName:
        values.first { $0.path == path }?.text
      }
    }

    private var fullName: String? {
      let names = [self[.candidateName], self[.candidateLastName]].compactMap(\.self)
      return names.isEmpty ? nil : names.joined(separator: " ")
    }

    /// The same with other texts, or none, for some that it holds.
    package func mapValues(_ change: (EventPath, String) -> String?) -> Self {
      var details = self
      details.values = values.compactMap { value in
        change(value.path, value.text).map { Value(path: value.path, text: $0) }
      }
      return details
    }
  }
}

extension WebhookEvent.Details {
  /// What is kept when the candidate's data are erased: enough to know the event again, and to order
  /// the application's events.
  package var erased: Self {
    var details = mapValues { path, text in
      path == .currentStepName || path == .currentStepType ? text : nil
    }
    details.problems = []
    return details
  }

  /// The same with somebody else's phone, and nothing wrong with it.
  package func addressed(to phone: PhoneNumber) -> Self {
    let values = Dictionary(uniqueKeysWithValues: values.map { ($0.path, $0.text) })
    return Self(
      type: type, date: date, application: application,
      values.merging([.candidateMobileNumber: phone.e164]) { $1 },
      problems: problems.filter { $0.path != .candidateMobileNumber })
  }

  /// The phone that a message goes to, nil if the candidate has no usable one.
  package var recipient: PhoneNumber? {
    self[.candidateMobileNumber].flatMap(PhoneNumber.init(mobile:))
  }

  /// Whether both leave the application in the same step, as far as they say.
  package func isInStep(of other: Self) -> Bool {
    self[.currentStepName] == other[.currentStepName]
      && self[.currentStepType] == other[.currentStepType]
  }

  /// Whether the current step is the last one, in which the candidate is hired.
  package var isFinal: Bool { self[.currentStepType].map(FoldedText.init) == Self.final }

  private static let final = FoldedText("final")

  /// When it happened, for order alone: a date that is ahead of the arrival counts as the arrival, so
  /// that a move dated 2099 does not outdate those that follow. Never later than `date`.
  ///
  /// - Parameter arrival: when the event first came, by our clock; nil where nobody knows.
  package func moment(arrival: Timestamp?) -> Timestamp {
    guard let arrival, date.isAhead(of: arrival) else { return date }
    return arrival
  }

  /// The same with the problem that its date is ahead of the arrival, if it is.
  ///
  /// What was kept by a program that did not look has no such problem: it is told whenever the
  /// details are read beside the moment of their line.
  package func arrived(at arrival: Timestamp) -> Self {
    let problem = WebhookEvent.Problem(path: .eventDate, problem: .ahead)
    guard date.isAhead(of: arrival), !problems.contains(problem) else { return self }
    var details = self
    details.problems.append(problem)
    return details
  }
}

/// What is absent is left out of the JSON, and so is an object with nothing in it.
extension WebhookEvent.Details: JSONConvertible {
  package init(json: JSONNode) throws(JSONMismatch) {
    type = try json.value("type").orMismatch
    date = try json.value("date").orMismatch
    application = try json.present("application").orMismatch.value("id").orMismatch
    let companyName = try json.text("companyName")
    values = companyName.map { [Value(path: .companyName, text: $0)] } ?? []
    values.reserveCapacity(EventField.all.count)
    for object in EventObject.all {
      guard let node = json.present(object.name) else { continue }
      for (name, path) in object.members {
        guard let text = try node.text(name) else { continue }
        values.append(Value(path: path, text: text))
      }
    }
    problems = try json.present("problems").orMismatch.elements.orMismatch
      .compactMap(WebhookEvent.Problem.init(known:))
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.object("application") { $0.member("id", application.description) }
      write(.candidate, to: &$0)
      $0.member("companyName", self[.companyName])
      write(.currentStep, to: &$0)
      $0.member("date", date)
      write(.job, to: &$0)
      write(.previousStep, to: &$0)
      $0.member("problems", problems)
      $0.member("type", type.rawValue)
    }
  }

  private func write(_ object: EventObject, to json: inout JSONWriter) {
    guard object.members.contains(where: { self[$0.path] != nil }) else { return }
    json.object(object.name) { for (name, path) in object.members { $0.member(name, self[path]) } }
  }
}

extension WebhookEvent.Problem: JSONConvertible {
  /// Nil for one that only a later program knows: it may run beside this one, and its events are whole.
  fileprivate init?(known json: JSONNode) {
    do {
      try self.init(json: json)
    } catch {
      return nil
    }
  }

  package init(json: JSONNode) throws(JSONMismatch) {
    self.init(
      path: try json.value("path").orMismatch, problem: try json.value("problem").orMismatch)
  }

  package func write(to json: inout JSONWriter) {
    json.object {
      $0.member("path", path.rawValue)
      $0.member("problem", problem.rawValue)
    }
  }
}
