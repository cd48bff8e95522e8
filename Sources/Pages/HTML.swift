/// A piece of a page. Text becomes part of it only with what is markup in it escaped: names of
/// elements and attributes stand in the program, all else is data.
struct HTML: Equatable {
  private(set) var markup = ""

  init() {}

  /// An element with what is in it.
  init(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    @HTMLBuilder content: () -> HTML = { HTML() }
  ) {
    markup = "<\(name)\(Self.written(attributes))>\(content().markup)</\(name)>"
  }

  /// An element that has no content, such as `meta`.
  init(void name: StaticString, _ attributes: KeyValuePairs<StaticString, String>) {
    markup = "<\(name)\(Self.written(attributes))>"
  }

  /// Data.
  init(text: String) {
    markup = Self.escaped(text)
  }

  /// The page's own rules of style, which a policy with this nonce lets in.
  init(styleWithNonce nonce: String) {
    let rules = String(decoding: PackageResources.page_css, as: UTF8.self)
    markup = "<style\(Self.written(["nonce": nonce]))>\(rules)</style>"
  }

  /// All, one behind the other.
  init(_ pieces: [HTML]) {
    for piece in pieces { markup += piece.markup }
  }

  /// The whole document.
  var document: [UInt8] { Array("<!DOCTYPE html>\n\(markup)\n".utf8) }

  private static func written(_ attributes: KeyValuePairs<StaticString, String>) -> String {
    attributes.map { name, value in " \(name)=\"\(escaped(value))\"" }.joined()
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      // What no document may hold (HTML §13.2.3.5), and what would break a line of it.
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}": escaped += " "
      case _: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension HTML {
  /// A section under its heading.
  init(section id: String, _ title: String, @HTMLBuilder content: () -> HTML) {
    self.init("section", ["aria-labelledby": id]) {
      HTML("h2", ["id": id]) { title }
      content()
    }
  }

  /// Names, each with what stands for it.
  init(facts: [(name: String, value: HTML)]) {
    self.init("dl", ["class": "facts"]) {
      for (name, value) in facts {
        HTML("div") {
          HTML("dt") { name }
          HTML("dd") { value }
        }
      }
    }
  }

  /// A table of figures. It may be wider than a phone: it scrolls by itself, also by the keyboard.
  ///
  /// - Parameters:
  ///   - heading: the id of the heading that names it.
  ///   - corner: what stands above the rows' names.
  init(
    figures heading: String, corner: HTML, columns: [String],
    rows: [(name: String, figures: [String])]
  ) {
    self.init(
      "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-labelledby": heading]
    ) {
      HTML("table") {
        HTML("thead") {
          HTML("tr") {
            corner
            for name in columns { HTML("th", ["scope": "col", "class": "number"]) { name } }
          }
        }
        HTML("tbody") {
          for (name, figures) in rows {
            HTML("tr") {
              HTML("th", ["scope": "row"]) { name }
              for figure in figures { HTML("td", ["class": "number"]) { figure } }
            }
          }
        }
      }
    }
  }
}

/// Puts pieces one behind the other; a text among them is data.
@resultBuilder
enum HTMLBuilder {
  static func buildExpression(_ piece: HTML) -> HTML { piece }
  static func buildExpression(_ text: String) -> HTML { HTML(text: text) }
  static func buildExpression(_ pieces: [HTML]) -> HTML { HTML(pieces) }
  static func buildBlock(_ pieces: HTML...) -> HTML { HTML(pieces) }
  static func buildOptional(_ piece: HTML?) -> HTML { piece ?? HTML() }
  static func buildEither(first piece: HTML) -> HTML { piece }
  static func buildEither(second piece: HTML) -> HTML { piece }
  static func buildArray(_ pieces: [HTML]) -> HTML { HTML(pieces) }
}
