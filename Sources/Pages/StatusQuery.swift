import Gupy
import HTTPClient
import Lookup

/// What the query string of the status page asks for.
struct StatusQuery: Equatable {
  var language = Language.portuguese
  var subject = Subject.everything

  /// What the page is about.
  enum Subject: Equatable {
    /// How the service fares.
    case everything
    /// One application's story.
    case application(ApplicationID)
    /// Whatever has this number or id.
    case search(String)
  }

  /// As much as a form sends: an event's id is far shorter.
  private static let longest = 1_000

  /// Asks for everything, in Portuguese.
  init() {}

  /// Reads `lang`, `application` and `q`, each at most once; nil for anything else.
  init?(_ query: String) {
    guard query.utf8.count <= Self.longest else { return nil }
    var seen: Set<String> = []
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let name = Self.decoded(parts[0]), let value = Self.decoded(parts[1]),
        seen.insert(name).inserted, take(name, value)
      else { return nil }
    }
  }

  private mutating func take(_ name: String, _ value: String) -> Bool {
    switch name {
    case "lang":
      guard let language = Language(rawValue: value) else { return false }
      self.language = language
    case "application":
      guard let id = ApplicationID(value), subject == .everything else { return false }
      subject = .application(id)
    case "q":
      guard subject == .everything else { return false }
      let words = value.trimmed
      if !words.isEmpty { subject = .search(words) }
    case _: return false
    }
    return true
  }

  /// Undoes what a form does to a text (application/x-www-form-urlencoded); nil for what no form
  /// makes.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 2 else { return nil }
        bytes.append(UInt8(digits[0] * 16 + digits[1]))
        rest = rest.dropFirst(2)
      case _: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The address of the same in another language.
  func address(in language: Language) -> String {
    let subject: [String] =
      switch subject {
      case .everything: []
      case .application(let id): ["application=\(id)"]
      case .search(let words): ["q=\(words.percentEncoded)"]
      }
    return "?" + (subject + ["lang=\(language.rawValue)"]).joined(separator: "&")
  }
}
