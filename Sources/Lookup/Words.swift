/// Something that is said, in each language beside the others: what lacks one does not compile.
/// Which one is heard is chosen where it leaves the program.
package struct Words: Equatable, Sendable {
  package let pt: String
  package let en: String

  package init(pt: String, en: String) {
    (self.pt, self.en) = (pt, en)
  }

  /// What is the same in each language: a name, a code, a figure.
  package init(_ same: String) {
    self.init(pt: same, en: same)
  }

  package subscript(language: Language) -> String {
    switch language {
    case .portuguese: pt
    case .english: en
    }
  }
}

/// The languages that are spoken, as the page's query calls them.
package enum Language: String, CaseIterable, Sendable {
  case portuguese = "pt"
  case english = "en"
}

extension [Words] {
  package func joined(separator: String) -> Words {
    Words(
      pt: map(\.pt).joined(separator: separator), en: map(\.en).joined(separator: separator))
  }
}
