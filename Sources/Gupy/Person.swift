/// Somebody whose data are looked for, by what tells them from everybody else.
package enum Person: Sendable {
  case cpf(CPF)
  case email(EmailAddress)
}

extension Person {
  /// Whether this is the event's candidate, in whatever spelling.
  package func isCandidate(of details: WebhookEvent.Details) -> Bool {
    let text =
      switch self {
      case .cpf: details.candidate?.identificationDocument
      case .email: details.candidate?.email
      }
    return text.map(isNamed) == true
  }

  /// Whether the CPF, with punctuation or without, or the address, in capitals or not, stands in a
  /// text as a whole: not where it is only part of a longer number or address.
  package func isNamed(in text: String) -> Bool { Traces(of: self).stand(in: text) }
}
