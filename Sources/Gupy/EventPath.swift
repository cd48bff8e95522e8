import JSON

/// A value of an event that a configuration can name, in a `when` or a placeholder.
package enum EventPath: String, CaseIterable, JSONConvertible, Sendable {
  case eventID = "event.id"
  case eventType = "event.type"
  case eventDate = "event.date"
  case companyName
  case jobID = "job.id"
  case jobName = "job.name"
  case jobBranchCode = "job.branchCode"
  case jobDepartmentCode = "job.departmentCode"
  case applicationID = "application.id"
  case candidateName = "candidate.name"
  case candidateLastName = "candidate.lastName"
  case candidateFullName = "candidate.fullName"
  case candidateEmail = "candidate.email"
  case candidateIdentificationDocument = "candidate.identificationDocument"
  case candidateMobileNumber = "candidate.mobileNumber"
  case currentStepName = "currentStep.name"
  case currentStepType = "currentStep.type"
  case previousStepName = "previousStep.name"
}

extension WebhookEvent {
  /// The text at `path`, nil if it is absent; ids are digits, the date is
  /// `2026-03-04T18:30:12.345Z`.
  package func value(at path: EventPath) -> String? {
    switch path {
    case .eventID: id
    case .eventType: details.type.rawValue
    case .eventDate: details.date.description
    case .companyName: details.companyName
    case .jobID: details.job?.id
    case .jobName: details.job?.name
    case .jobBranchCode: details.job?.branchCode
    case .jobDepartmentCode: details.job?.departmentCode
    case .applicationID: details.application.id.description
    case .candidateName: details.candidate?.name
    case .candidateLastName: details.candidate?.lastName
    case .candidateFullName: details.candidate?.fullName
    case .candidateEmail: details.candidate?.email
    case .candidateIdentificationDocument: details.candidate?.identificationDocument
    case .candidateMobileNumber: details.candidate?.mobileNumber
    case .currentStepName: details.currentStep?.name
    case .currentStepType: details.currentStep?.type
    case .previousStepName: details.previousStep?.name
    }
  }
}
