extension EventPath {
  /// Where the payload holds this value: the real path first, then the one that integrators
  /// have been told of; none for a value that is put together from others.
  var spellings: [[PayloadField]] { Self.allSpellings[self] ?? [] }

  private static let allSpellings = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, $0.ownSpellings) })

  private var ownSpellings: [[PayloadField]] {
    switch self {
    case .eventID: [[.id]]
    case .eventType: [[.event]]
    case .eventDate: [[.date]]
    case .companyName: [[.companyName]]
    case .jobID: [[.data, .job, .id], [.job, .id]]
    case .jobName: [[.data, .job, .name]]
    case .jobBranchCode: [[.data, .job, .branchCode]]
    case .jobDepartmentCode: [[.data, .job, .departmentCode]]
    case .applicationID: [[.data, .application, .id], [.application, .id]]
    case .candidateName: [[.data, .candidate, .name]]
    case .candidateLastName: [[.data, .candidate, .lastName]]
    case .candidateFullName: []
    case .candidateEmail: [[.data, .candidate, .email]]
    case .candidateIdentificationDocument:
      [[.data, .candidate, .identificationDocument], [.data, .identificationDocument]]
    case .candidateMobileNumber: [[.data, .candidate, .mobileNumber]]
    case .currentStepName:
      [[.data, .application, .currentStep, .name], [.data, .currentStep, .name]]
    case .currentStepType: [[.data, .application, .currentStep, .type]]
    case .previousStepName:
      [
        [.data, .application, .previousStep, .name],
        [.previousStep, .capitalizedName], [.data, .previousStep, .name],
      ]
    }
  }

  /// The real path as an operator reads it in the body: `data.application.id`.
  var payloadPath: String {
    spellings.first?.map(\.rawValue).joined(separator: ".") ?? rawValue
  }
}
