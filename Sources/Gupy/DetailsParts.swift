extension WebhookEvent.Details {
  /// A job, as far as it chooses messages or names something in them.
  package struct Job: Sendable, Equatable {
    /// Digits without leading zeros.
    package let id: String?
    /// The recruiter's free text.
    package let name: String?
    /// The customer's code of the branch.
    package let branchCode: String?
    /// The customer's code of the department.
    package let departmentCode: String?

    /// A job as given.
    package init(
      id: String? = nil, name: String? = nil, branchCode: String? = nil,
      departmentCode: String? = nil
    ) {
      self.id = id
      self.name = name
      self.branchCode = branchCode
      self.departmentCode = departmentCode
    }
  }

  /// One candidate's application for one job.
  package struct Application: Sendable, Equatable {
    /// Also the name of its file in the journal.
    package let id: ApplicationID

    /// An application as given.
    package init(id: ApplicationID) {
      self.id = id
    }
  }

  /// The person who applied.
  package struct Candidate: Sendable, Equatable {
    /// The first name only.
    package let name: String?
    /// All other names.
    package let lastName: String?
    /// As sent.
    package let email: String?
    /// The eleven digits of a valid CPF, otherwise as sent.
    package let identificationDocument: String?
    /// E.164 if it can receive a message, otherwise as sent.
    package let mobileNumber: String?

    /// A candidate as given.
    package init(
      name: String? = nil, lastName: String? = nil, email: String? = nil,
      identificationDocument: String? = nil, mobileNumber: String? = nil
    ) {
      self.name = name
      self.lastName = lastName
      self.email = email
      self.identificationDocument = identificationDocument
      self.mobileNumber = mobileNumber
    }

    /// Name and last name with a space between, or the one that is there.
    package var fullName: String? {
      let names = [name, lastName].compactMap(\.self)
      return names.isEmpty ? nil : names.joined(separator: " ")
    }
  }

  /// A step of a job's selection process.
  package struct Step: Sendable, Equatable {
    /// The recruiter's free text.
    package let name: String?
    /// `register`, `online`, `offline`, `pre_hire`, `final`, or what Gupy adds one day.
    package let type: String?

    /// A step as given.
    package init(name: String? = nil, type: String? = nil) {
      self.name = name
      self.type = type
    }

    /// Whether it is the last step, in which the candidate is hired.
    package var isFinal: Bool {
      type.map(FoldedText.init) == Self.final
    }

    private static let final = FoldedText("final")
  }
}
