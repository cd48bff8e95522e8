/// A text that looks like one e-mail address; only the mail server knows better.
package struct EmailAddress: Sendable {
  /// In small letters, without white space around it and without what nobody sees.
  package let folded: String

  /// Refuses what certainly is none: not exactly one `@`, nothing on one of its sides, a domain
  /// without a dot between two letters, white space inside.
  package init?(_ text: String) {
    let words = text.visibleWords
    guard words.count == 1 else { return nil }
    let parts = words[0].unicodeScalars.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, !labels.contains(where: \.isEmpty) else { return nil }
    folded = words[0].lowercased()
  }
}
