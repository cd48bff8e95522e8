import Gupy
import Journal
import Lookup

/// Renders words, moments and figures in a language, as of a moment.
struct Renderer {
  let language: Language
  let now: Timestamp

  func text(_ words: Words) -> String { words[language] }

  /// A moment by this machine's clock on the wall.
  func moment(_ moment: Timestamp) -> String {
    moment.local(text(Words(pt: "%d/%m/%Y %H:%M", en: "%Y-%m-%d %H:%M")))
  }

  /// With a sign between each three digits.
  func number(_ number: Int) -> String {
    var digits = Substring(String(number))
    var parts: [Substring] = []
    while digits.count > 3 {
      parts.insert(digits.suffix(3), at: 0)
      digits = digits.dropLast(3)
    }
    return ([digits] + parts).joined(separator: text(Words(pt: ".", en: ",")))
  }

  /// A moment, for machines too.
  func time(_ moment: Timestamp) -> HTML {
    HTML("time", ["datetime": moment.description]) { self.moment(moment) }
  }

  /// A moment that is past, by how long.
  func past(_ moment: Timestamp) -> HTML {
    let age = duration(now.milliseconds - moment.milliseconds)
    return HTML("time", ["datetime": moment.description, "title": self.moment(moment)]) {
      text(Words(pt: "há \(age)", en: "\(age) ago"))
    }
  }

  /// A day of the day index, by its midnight UTC.
  func day(_ midnight: Timestamp) -> String {
    let parts = midnight.description.prefix(10).split(separator: "-")
    return text(Words(pt: "\(parts[2])/\(parts[1])", en: "\(parts[1])-\(parts[2])"))
  }

  /// Milliseconds in the greatest unit of which there are two at least, or else in seconds.
  func duration(_ milliseconds: Int64) -> String {
    let units: [(length: Int64, name: String)] = [
      (86_400_000, text(Words(pt: "dias", en: "days"))), (3_600_000, "h"), (60_000, "min"),
    ]
    let (length, unit) = units.first { milliseconds >= 2 * $0.length } ?? (1_000, "s")
    return "\(max(0, milliseconds / length)) \(unit)"
  }

  /// Bytes in gigabytes, to a tenth.
  func gigabytes(_ bytes: UInt64) -> String {
    let tenths = Int(bytes / 100_000_000)
    return number(tenths / 10) + text(Words(pt: ",", en: ".")) + "\(tenths % 10) GB"
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

  /// The way to the page of everything.
  var wayBack: HTML { HTML("p") { HTML("a", ["href": address()]) { text(.overview) } } }

  /// Where an event stands, in its bar's colour.
  func badge(_ standing: Standing) -> HTML {
    HTML("span", ["class": "badge \(standing.group.rawValue)"]) { text(standing.words) }
  }

  /// The commands for events that need action, each with what it does.
  func commands(of remedy: Remedy) -> [HTML] {
    remedy.commands.map { command, effect in
      HTML("p") {
        HTML("code") { command }
        HTML("span", ["class": "quiet"]) { " " + text(effect) }
      }
    }
  }
}
