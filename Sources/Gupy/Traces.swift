import JSON

/// Somebody whose data are looked for, by what tells them from everybody else.
package enum Person: Sendable {
  case cpf(CPF)
  case email(EmailAddress)

  /// Whether this is the event's candidate, in whatever spelling.
  package func isCandidate(of details: WebhookEvent.Details) -> Bool {
    let text =
      switch self {
      case .cpf: details[.candidateIdentificationDocument]
      case .email: details[.candidateEmail]
      }
    return text.map(isNamed) == true
  }

  /// Whether the CPF, with punctuation or without, or the address, in capitals or not, stands in a
  /// text as a whole: not where it is only part of a longer number or address.
  package func isNamed(in text: String) -> Bool { Traces(of: self).stand(in: text) }
}

/// All that tells some people from everybody else: CPFs and other documents, e-mail addresses, phones
/// and full names, to be looked for in any text. A first name alone tells nobody.
package struct Traces: Sendable {
  /// CPFs and phones, without zeros in front: a sender for whom it is a number loses them.
  private var numbers: Set<Substring> = []
  private var addresses: Set<String> = []
  /// Values of a candidate that are none of these, as sent.
  private var others: Set<FoldedText> = []
  private var names: [FullName] = []

  /// What a person is looked for by; nothing without one.
  package init(of person: Person?) {
    switch person {
    case .cpf(let cpf): add(number: cpf.digits)
    case .email(let address): addresses.insert(address.folded)
    case nil: break
    }
  }

  /// Adds what an event says of its candidate.
  package mutating func add(_ details: WebhookEvent.Details) {
    if let text = details[.candidateIdentificationDocument] { add(document: text) }
    if let text = details[.candidateEmail] { add(address: text) }
    if let text = details[.candidateMobileNumber] { add(phone: text) }
    if let name = FullName(details) { names.append(name) }
  }

  private mutating func add(number: String) { numbers.insert(number.drop { $0 == "0" }) }

  private mutating func add(document: String) {
    guard let cpf = CPF(document) else { return add(other: document) }
    add(number: cpf.digits)
  }

  private mutating func add(address: String) {
    guard let address = EmailAddress(address) else { return add(other: address) }
    addresses.insert(address.folded)
  }

  /// A Brazilian number is also written without its country's code.
  private mutating func add(phone: String) {
    guard let phone = PhoneNumber(mobile: phone) else { return add(other: phone) }
    add(number: phone.digits)
    if phone.digits.hasPrefix("55") { add(number: String(phone.digits.dropFirst(2))) }
  }

  /// What is too short, such as `-`, may be anybody's.
  private mutating func add(other: String) {
    if other.unicodeScalars.count >= 6 { others.insert(FoldedText(other)) }
  }
}

extension Traces {
  /// Whether one of them stands in a body: in a string, a member's name or a number of JSON, however it
  /// is packed, encoded and escaped; anywhere in what is no JSON.
  package func stand(in body: [UInt8]) -> Bool {
    let text = BodyText(body).utf8
    do throws(JSONSyntaxError) {
      let texts = try JSONDocument(text[...], .forgiving).texts
      let words = texts.map { FoldedText($0).words }
      return texts.contains(where: stand) || names.contains { $0.stands(inAnyOf: words) }
    } catch {
      let piece = JSONText(piece: text).text
      let words = FoldedText(piece).words
      return stand(in: piece) || names.contains { $0.stands(apartIn: words) }
    }
  }

  /// Whether a number, an address or another value stands in a text as a whole: not where it is only
  /// part of a longer one.
  func stand(in text: String) -> Bool {
    let text = BoundedMarks.bound(text)
    return !numbers.isEmpty && text.digitGroups.contains(where: holdNumber)
      || !addresses.isEmpty && text.holds(anyOf: addresses)
      || !others.isEmpty && others.contains(FoldedText(text))
  }

  /// Whether some groups of digits in a row are one of the numbers.
  private func holdNumber(_ groups: [String]) -> Bool {
    groups.indices.contains { start in
      var digits = ""
      for group in groups[start...] {
        digits += group
        // A group more than the longest number has digits, with some zeros before it.
        guard digits.utf8.count <= 20 else { return false }
        if numbers.contains(digits.drop { $0 == "0" }) { return true }
      }
      return false
    }
  }
}

/// A candidate's first and last names, as words that are compared without case and accents.
private struct FullName: Sendable {
  private let first: [String]
  private let last: [String]

  /// Nil for less than two words, which may be anybody's name.
  init?(_ details: WebhookEvent.Details) {
    func words(_ path: EventPath) -> [String] { details[path].map { FoldedText($0).words } ?? [] }
    (first, last) = (words(.candidateName), words(.candidateLastName))
    guard first.count + last.count > 1 else { return nil }
  }

  /// Whether the name stands in one of some texts, or its two parts are two of them.
  func stands(inAnyOf texts: [[String]]) -> Bool {
    texts.contains { $0.holds(first + last) }
      || !first.isEmpty && !last.isEmpty && texts.contains(first) && texts.contains(last)
  }

  /// Whether both parts stand somewhere in a text that may be a piece of anything.
  func stands(apartIn words: [String]) -> Bool { words.holds(first) && words.holds(last) }
}

extension [String] {
  /// Whether some words stand in it, one behind the other.
  fileprivate func holds(_ words: [String]) -> Bool {
    words.isEmpty || indices.contains { self[$0...].starts(with: words) }
  }
}

extension String {
  /// The groups of digits in the text, those together between which nothing but punctuation stands.
  fileprivate var digitGroups: [[String]] {
    var (runs, groups, group) = ([[String]](), [String](), "")
    func endGroup() {
      if !group.isEmpty { groups.append(group) }
      group = ""
    }
    for scalar in unicodeScalars {
      if let digit = scalar.decimalDigit {
        group.unicodeScalars.append(Unicode.Scalar(0x30 + digit))
      } else {
        if !scalar.isInvisible { endGroup() }
        if !scalar.mayStandInNumber, !groups.isEmpty {
          runs.append(groups)
          groups = []
        }
      }
    }
    endGroup()
    return runs + [groups]
  }

  /// Whether one of these addresses, folded, stands in the text, percent-encoded or not, and is no part
  /// of a longer one.
  fileprivate func holds(anyOf addresses: Set<String>) -> Bool {
    let seen = String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isInvisible }))
    let text = Array(seen.lowercased().utf8).replacing("%40".utf8, with: "@".utf8)
    return addresses.contains { address in
      text.ranges(of: Array(address.utf8)).contains { range in
        let before = text[..<range.lowerBound].last
        let after = text[range.upperBound...].prefix(2)
        return before?.continuesName != true && !after.continuesHost
      }
    }
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    self >= 0x80 || isASCIIDigit || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self
  }

  /// Whether it makes another address of one that follows: `maria.b@example.com`.
  fileprivate var continuesName: Bool {
    isLetterOrDigit || [".", "_", "-", "+"].contains(UnicodeScalar(self))
  }
}

extension ArraySlice<UInt8> {
  /// Whether they make another address of one that they follow: `b@example.com.br`.
  fileprivate var continuesHost: Bool {
    guard let first else { return false }
    return first.isLetterOrDigit || first == UInt8(ascii: "-")
      || first == UInt8(ascii: ".") && dropFirst().first?.isLetterOrDigit == true
  }
}

extension Unicode.Scalar {
  fileprivate var mayStandInNumber: Bool {
    switch properties.generalCategory {
    case .openPunctuation, .closePunctuation: true
    default: self == "+" || isDigitPunctuation
    }
  }
}
