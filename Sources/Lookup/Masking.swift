import Gupy
import Journal

extension WebhookEvent.Details {
  /// The same, with no more of the candidate than somebody needs who knows them already.
  package var masked: Self { mapValues { path, text in Self.masks[path]?(text) ?? text } }

  /// `B***`, `b***@example.com`, `***.982.247-**`, `+55*******0101`.
  private static let masks: [EventPath: @Sendable (String) -> String] = [
    .candidateName: maskedName, .candidateLastName: maskedName, .candidateEmail: maskedAddress,
    .candidateIdentificationDocument: maskedDocument, .candidateMobileNumber: maskedNumber,
  ]

  @Sendable private static func maskedName(_ name: String) -> String {
    name.split(separator: " ").map { $0.prefix(1) + "***" }.joined(separator: " ")
  }

  @Sendable private static func maskedAddress(_ address: String) -> String {
    let parts = address.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    return (parts.first ?? "").prefix(1) + "***" + (parts.count == 2 ? "@" + parts[1] : "")
  }

  /// The middle of a CPF, as Brazil's public registers show it; nothing of any other document.
  @Sendable private static func maskedDocument(_ document: String) -> String {
    guard let digits = CPF(document)?.digits else { return "***" }
    return "***.\(digits.dropFirst(3).prefix(3)).\(digits.dropFirst(6).prefix(3))-**"
  }

  @Sendable private static func maskedNumber(_ number: String) -> String {
    guard number.count > 8 else { return "***" }
    let hidden = String(repeating: "*", count: number.count - 7)
    return number.prefix(3) + hidden + number.suffix(4)
  }
}

extension Line {
  /// The same, with what it holds masked.
  package var masked: Self {
    let masked: Kind =
      switch kind {
      case .event(let details, let isErased):
        .event((event ?? details).masked, isErased: isErased)
      case .outcome(let outcome): .outcome(outcome.masked)
      case .attempt, .reopened: kind
      }
    return Line(at: at, eventId: eventId, masked)
  }
}

extension Outcome {
  /// The same without what a provider's answer says in words, which may quote the message: only what
  /// looks like a code is left, and nothing that could be a telephone or a document.
  package var masked: Self {
    mapAnswer { answer in
      var answer = answer
      answer.reason = answer.reason.flatMap { $0.isCode ? $0 : nil }
      return answer
    }
  }
}

extension String {
  fileprivate var isCode: Bool {
    wholeMatch(of: /(misconfigured: )?[A-Za-z0-9_.:\-]{1,64}/) != nil && !contains(/\d{8}/)
  }
}
