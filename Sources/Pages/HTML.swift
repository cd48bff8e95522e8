/// A piece of a page. Text becomes part of it only with what is markup in it escaped: names of
/// elements and attributes stand in the program, all else is data.
struct HTML: Equatable {
  /// The markup.
  private(set) var markup = ""

  /// Nothing.
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
  init(style: Stylesheet, nonce: String) {
    markup = "<style\(Self.written(["nonce": nonce]))>\(style.text)</style>"
  }

  /// All, one behind the other.
  init(_ pieces: [HTML]) {
    for piece in pieces { markup += piece.markup }
  }

  /// Both, one behind the other.
  static func + (left: HTML, right: HTML) -> HTML {
    var both = left
    both.markup += right.markup
    return both
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
