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
