import Gupy
import Journal
import Lookup

/// How things are said in a language at a moment.
struct Teller {
  let language: Language
  let phrases: any Phrases
  let now: Timestamp

  init(_ language: Language, now: Timestamp) {
    self.language = language
    phrases = language.phrases
    self.now = now
  }

  /// A moment by this machine's clock on the wall.
  func words(_ moment: Timestamp) -> String { moment.local(phrases.momentFormat) }

  /// The same, for machines too.
  func time(_ moment: Timestamp) -> HTML {
    HTML("time", ["datetime": moment.description]) { words(moment) }
  }

  /// A moment that is past, by how long.
  func past(_ moment: Timestamp) -> HTML {
    HTML("time", ["datetime": moment.description, "title": words(moment)]) {
      phrases.ago(duration(now.milliseconds - moment.milliseconds))
    }
  }

  /// A day of the day index, by its midnight UTC.
  func day(_ midnight: Timestamp) -> String {
    let parts = midnight.description.prefix(10).split(separator: "-")
    return phrases.dayOrder.parts.map { String(parts[$0]) }.joined(separator: phrases.dayOrder.mark)
  }

  /// In its greatest unit of which there are two at least, or else in seconds.
  func duration(_ milliseconds: Int64) -> String {
    let unit = TimeUnit.allCases.first { milliseconds >= 2 * $0.length } ?? .seconds
    return phrases.duration(max(0, milliseconds / unit.length), unit)
  }

  /// With a sign between each three digits.
  func number(_ number: Int) -> String {
    var digits = Substring(String(number))
    var parts: [Substring] = []
    while digits.count > 3 {
      parts.insert(digits.suffix(3), at: 0)
      digits = digits.dropLast(3)
    }
    return ([digits] + parts).joined(separator: phrases.separators.thousands)
  }

  /// In gigabytes, to a tenth.
  func gigabytes(_ bytes: UInt64) -> String {
    let tenths = Int(bytes / 100_000_000)
    return number(tenths / 10) + "\(phrases.separators.fraction)\(tenths % 10) GB"
  }

  /// The address of a page in the same language.
  func address(application: Int64? = nil) -> String {
    let parts = [
      application.map { "application=\($0)" },
      language == .portuguese ? nil : "lang=\(language.rawValue)",
    ]
    return "?" + parts.compactMap(\.self).joined(separator: "&")
  }

  /// The way to an application's story.
  func link(to application: Int64) -> HTML {
    HTML("a", ["href": address(application: application)]) { String(application) }
  }

  /// A status, with its group's colour.
  func badge(_ status: EventStatus) -> HTML {
    HTML("span", ["class": "badge \(OutcomeGroup(status).rawValue)"]) { phrases.status(status) }
  }
}
