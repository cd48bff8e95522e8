import Gupy

extension WebhookEvent.Details {
  /// The same, with no more of the candidate than somebody needs who knows them already.
  package var masked: Self {
    Self(
      type: type, date: date, companyName: companyName, job: job, application: application,
      candidate: candidate?.masked, currentStep: currentStep, previousStep: previousStep,
      problems: problems)
  }
}

extension WebhookEvent.Details.Candidate {
  /// `B***`, `b***@example.com`, `***.982.247-**`, `+55*******0101`.
  fileprivate var masked: Self {
    Self(
      name: name.map(Self.maskedName), lastName: lastName.map(Self.maskedName),
      email: email.map(Self.maskedAddress),
      identificationDocument: identificationDocument.map(Self.maskedDocument),
      mobileNumber: mobileNumber.map(Self.maskedNumber))
  }

  private static func maskedName(_ name: String) -> String {
    name.split(separator: " ").map { $0.prefix(1) + "***" }.joined(separator: " ")
  }

  private static func maskedAddress(_ address: String) -> String {
    let parts = address.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    return (parts.first ?? "").prefix(1) + "***" + (parts.count == 2 ? "@" + parts[1] : "")
  }

  /// The middle of a CPF, as Brazil's public registers show it; nothing of any other document.
  private static func maskedDocument(_ document: String) -> String {
    guard let digits = CPF(document)?.digits else { return "***" }
    return "***.\(digits.dropFirst(3).prefix(3)).\(digits.dropFirst(6).prefix(3))-**"
  }

  private static func maskedNumber(_ number: String) -> String {
    guard number.count > 8 else { return "***" }
    let hidden = String(repeating: "*", count: number.count - 7)
    return number.prefix(3) + hidden + number.suffix(4)
  }
}
