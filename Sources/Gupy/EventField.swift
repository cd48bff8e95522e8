/// A value of an event: where Gupy's payload holds it, and what is made of it. In the journal's line it
/// stands where its path says.
///
/// Every other member of the payload is skipped unseen. `phoneNumber` is left out on purpose: it may
/// be a landline.
struct EventField: Sendable {
  let path: EventPath
  /// The names on the way to it: the real way first, then those that integrators have been told of.
  let places: [[String]]
  private let kind: Kind
  private let isExpected: Bool
  private let problem: WebhookEvent.Problem.Kind
  private let canonical: @Sendable (String) -> String?

  enum Kind {
    /// A name, or another text for people: what can be read of it counts.
    case free
    /// A text that means something: a broken one is none.
    case exact
  }

  /// What every event has: nothing is made of a body that lacks one of them.
  static let id = Self(.eventID, .exact, "id")
  static let type = Self(.eventType, .exact, "event")
  static let date = Self(.eventDate, .exact, "date")
  static let application = Self(.applicationID, .exact, "data.application.id", "application.id")

  /// All else that is kept, in the order in which problems are noted.
  static let all = [
    Self(.companyName, .free, "companyName"),
    Self(.jobID, .exact, "data.job.id", "job.id") { Int64(digits: $0).map { String($0) } },
    Self(.jobName, .free, "data.job.name", isExpected: true),
    Self(.jobBranchCode, .exact, "data.job.branchCode"),
    Self(.jobDepartmentCode, .exact, "data.job.departmentCode"),
    Self(.candidateName, .free, "data.candidate.name"),
    Self(.candidateLastName, .free, "data.candidate.lastName"),
    Self(.candidateEmail, .exact, "data.candidate.email", else: .notEmail) { text in
      EmailAddress(text).map { _ in text }
    },
    Self(
      .candidateIdentificationDocument, .exact, "data.candidate.identificationDocument",
      "data.identificationDocument", else: .notCPF
    ) { CPF($0)?.digits },
    Self(
      .candidateMobileNumber, .exact, "data.candidate.mobileNumber", isExpected: true,
      else: .notMobile
    ) { PhoneNumber(mobile: $0)?.e164 },
    Self(
      .currentStepName, .free, "data.application.currentStep.name", "data.currentStep.name",
      isExpected: true),
    Self(.currentStepType, .free, "data.application.currentStep.type"),
    Self(
      .previousStepName, .free, "data.application.previousStep.name", "previousStep.Name",
      "data.previousStep.name"),
  ]

  /// - Parameters:
  ///   - isExpected: whether it is a problem that nothing stands there.
  ///   - problem: what is wrong with a text that has no canonical form: it is kept as sent, unless it
  ///     is `unreadable`.
  private init(
    _ path: EventPath, _ kind: Kind, _ places: String..., isExpected: Bool = false,
    else problem: WebhookEvent.Problem.Kind = .unreadable,
    canonical: @escaping @Sendable (String) -> String? = { $0 }
  ) {
    (self.path, self.kind, self.isExpected, self.problem) = (path, kind, isExpected, problem)
    self.places = places.map { $0.split(separator: ".").map(String.init) }
    self.canonical = canonical
  }

  /// What is kept of the value, and what is wrong with it.
  func value(
    of payload: WebhookPayload
  ) -> (text: String?, problem: WebhookEvent.Problem.Kind?) {
    let found = payload.value(of: self)
    guard let text = found.text, kind == .free || found.problem == nil else {
      return (nil, found.problem ?? (isExpected ? .missing : nil))
    }
    if let canonical = canonical(text) { return (canonical, found.problem) }
    return (problem == .unreadable ? nil : text, problem)
  }
}

/// An object of the journal's line, and the fields that stand in it.
struct EventObject: Sendable {
  let name: String
  /// In the order of their names.
  let members: [(name: String, path: EventPath)]

  static let candidate = Self("candidate")
  static let currentStep = Self("currentStep")
  static let job = Self("job")
  static let previousStep = Self("previousStep")
  /// All of them. Of what is kept only `companyName` stands in none.
  static let all = [candidate, currentStep, job, previousStep]

  private init(_ name: String) {
    self.name = name
    let paths = EventField.all.map(\.path).filter { $0.rawValue.hasPrefix(name + ".") }
    members = paths.sorted { $0.rawValue < $1.rawValue }
      .map { (name: String($0.rawValue.dropFirst(name.utf8.count + 1)), path: $0) }
  }
}
