/// A candidate's first and last names, as words that are compared without case and accents.
struct FullName: Sendable {
  private let first: [String]
  private let last: [String]

  /// Nil for less than two words, which may be anybody's name.
  init?(_ candidate: WebhookEvent.Details.Candidate) {
    func words(_ text: String?) -> [String] { text.map { FoldedText($0).words } ?? [] }
    (first, last) = (words(candidate.name), words(candidate.lastName))
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
