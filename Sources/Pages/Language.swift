/// The languages that the page is written in, as its query calls them.
enum Language: String, CaseIterable {
  case portuguese = "pt"
  case english = "en"

  /// As BCP 47 calls it.
  var tag: String {
    switch self {
    case .portuguese: "pt-BR"
    case .english: "en"
    }
  }

  /// All that is said in it.
  var phrases: any Phrases {
    switch self {
    case .portuguese: Portuguese()
    case .english: English()
    }
  }

  /// The other one.
  var other: Language {
    switch self {
    case .portuguese: .english
    case .english: .portuguese
    }
  }
}
