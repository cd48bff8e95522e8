/// The field names of Gupy's payload that are read; every other field is skipped unseen.
///
/// `phoneNumber` is left out on purpose: it may be a landline.
enum PayloadField: String {
  case id, event, date, companyName, data
  case job, application, candidate, manualCandidate, currentStep, previousStep
  case name, type, branchCode, departmentCode
  case lastName, email, identificationDocument, mobileNumber
  case capitalizedName = "Name"
}
