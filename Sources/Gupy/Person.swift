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
  package func isNamed(in text: String) -> Bool {
    switch self {
    case .cpf(let cpf):
      let digits = String(text.unicodeScalars.filter { !CPF.isPunctuation($0) }).utf8
        .split { !$0.isASCIIDigit }
      // A sender for whom it is a number loses the zeros in front.
      return digits.contains { $0.withoutZeros.elementsEqual(cpf.digits.utf8[...].withoutZeros) }
    case .email(let address):
      return text.lowercased().split(whereSeparator: \.endsAddress).contains(address.folded[...])
    }
  }
}

extension Character {
  fileprivate var endsAddress: Bool { isWhitespace || "\"<>()[]{},;:\\".contains(self) }
}

extension Substring.UTF8View {
  fileprivate var withoutZeros: Self { drop { $0 == UInt8(ascii: "0") } }
}
