/// Reads the details of an event from its payload and collects what is wrong with them.
struct DetailsReader {
  private let payload: WebhookPayload
  private var problems: [WebhookEvent.Problem] = []

  init(_ payload: WebhookPayload) {
    self.payload = payload
  }

  /// The details; whatever cannot be read is absent and named in `problems`.
  mutating func details(
    type: EventType, date: Timestamp, application: ApplicationID
  ) -> WebhookEvent.Details {
    let companyName = freeText(.companyName)
    let (job, candidate) = (job(), candidate())
    let currentStep = WebhookEvent.Details.Step(
      name: expectedFreeText(.currentStepName), type: freeText(.currentStepType))
    let previousStep = WebhookEvent.Details.Step(name: freeText(.previousStepName))
    return WebhookEvent.Details(
      type: type, date: date, companyName: companyName, job: job,
      application: WebhookEvent.Details.Application(id: application), candidate: candidate,
      currentStep: currentStep, previousStep: previousStep, problems: problems)
  }

  private mutating func job() -> WebhookEvent.Details.Job {
    WebhookEvent.Details.Job(
      id: jobID(), name: expectedFreeText(.jobName), branchCode: text(.jobBranchCode),
      departmentCode: text(.jobDepartmentCode))
  }

  private mutating func jobID() -> String? {
    guard let text = text(.jobID) else { return nil }
    guard let number = Int64(digits: text) else {
      note(.unreadable, at: .jobID)
      return nil
    }
    return String(number)
  }

  private mutating func candidate() -> WebhookEvent.Details.Candidate {
    WebhookEvent.Details.Candidate(
      name: freeText(.candidateName), lastName: freeText(.candidateLastName),
      email: checked(text(.candidateEmail), at: .candidateEmail, else: .notEmail) { text in
        EmailAddress(text).map { _ in text }
      },
      identificationDocument: checked(
        text(.candidateIdentificationDocument), at: .candidateIdentificationDocument, else: .notCPF
      ) { CPF($0)?.digits },
      mobileNumber: checked(
        expectedText(.candidateMobileNumber), at: .candidateMobileNumber, else: .notMobile
      ) { PhoneNumber(mobile: $0)?.e164 })
  }

  /// The canonical form of a value, or the value as sent and the problem that it has none.
  private mutating func checked(
    _ text: String?, at path: EventPath, else problem: WebhookEvent.Problem.Kind,
    canonical: (String) -> String?
  ) -> String? {
    guard let text else { return nil }
    if let canonical = canonical(text) { return canonical }
    note(problem, at: path)
    return text
  }

  private mutating func expectedText(_ path: EventPath) -> String? {
    noteMissing(path)
    return text(path)
  }

  private mutating func expectedFreeText(_ path: EventPath) -> String? {
    noteMissing(path)
    return freeText(path)
  }

  private mutating func noteMissing(_ path: EventPath) {
    if payload.value(at: path) == .nothing { note(.missing, at: path) }
  }

  /// A name, or another text for people: what can be read of it.
  private mutating func freeText(_ path: EventPath) -> String? {
    guard case .damaged(let rest) = payload.value(at: path) else { return text(path) }
    note(.unreadable, at: path)
    return rest
  }

  /// A text that means something: a broken one is none.
  private mutating func text(_ path: EventPath) -> String? {
    switch payload.value(at: path) {
    case .text(let text): return text
    case .nothing: return nil
    case .unreadable, .damaged: note(.unreadable, at: path)
    case .tooLong: note(.tooLong, at: path)
    }
    return nil
  }

  private mutating func note(_ problem: WebhookEvent.Problem.Kind, at path: EventPath) {
    problems.append(WebhookEvent.Problem(path: path, problem: problem))
  }
}
