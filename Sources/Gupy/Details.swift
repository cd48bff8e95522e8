extension WebhookEvent {
  /// What the journal stores of an event, in its JSON shape; nothing else of the payload is kept.
  ///
  /// What is absent is left out of the JSON, and so is an object with nothing in it.
  package struct Details: Sendable, Equatable {
    /// What happened.
    package let type: EventType
    /// When it happened, by Gupy's clock; this orders the events of an application.
    package let date: Timestamp
    /// The employer.
    package let companyName: String?
    /// The job that was applied for.
    package let job: Job?
    /// Whose event it is.
    package let application: Application
    /// The person.
    package let candidate: Candidate?
    /// Where the application stands now.
    package let currentStep: Step?
    /// Where it stood before.
    package let previousStep: Step?
    /// What is wrong with the values above, in their order.
    package let problems: [Problem]

    /// Details as given, except that an object with nothing in it counts as absent.
    package init(
      type: EventType, date: Timestamp, companyName: String? = nil, job: Job? = nil,
      application: Application, candidate: Candidate? = nil, currentStep: Step? = nil,
      previousStep: Step? = nil, problems: [Problem] = []
    ) {
      self.type = type
      self.date = date
      self.companyName = companyName
      self.job = job == Job() ? nil : job
      self.application = application
      self.candidate = candidate == Candidate() ? nil : candidate
      self.currentStep = currentStep == Step() ? nil : currentStep
      self.previousStep = previousStep == Step() ? nil : previousStep
      self.problems = problems
    }

    /// What is kept when the candidate's data are erased: enough to know the event again, and to order
    /// the application's events.
    package var erased: Self {
      Self(type: type, date: date, application: application, currentStep: currentStep)
    }

    /// The same with somebody else's phone, and nothing wrong with it.
    package func addressed(to phone: PhoneNumber) -> Self {
      let other = Candidate(
        name: candidate?.name, lastName: candidate?.lastName, email: candidate?.email,
        identificationDocument: candidate?.identificationDocument, mobileNumber: phone.e164)
      return Self(
        type: type, date: date, companyName: companyName, job: job, application: application,
        candidate: other, currentStep: currentStep, previousStep: previousStep,
        problems: problems.filter { $0.path != .candidateMobileNumber })
    }

    /// The phone that a message goes to, nil if the candidate has no usable one.
    package var recipient: PhoneNumber? {
      candidate?.mobileNumber.flatMap(PhoneNumber.init(mobile:))
    }
  }
}
