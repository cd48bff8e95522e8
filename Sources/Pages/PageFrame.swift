import Configuration
import Gupy

/// What stands around every page: its head, the search and the other language.
struct PageFrame {
  let teller: Teller
  /// The query of this page in the other language.
  let otherQuery: String
  /// What the policy of the answer lets in.
  let nonce: String

  private var phrases: any Phrases { teller.phrases }

  /// The whole document.
  func document(@HTMLBuilder main: () -> HTML) -> [UInt8] {
    HTML("html", ["lang": teller.language.tag]) {
      HTML("head") {
        HTML(void: "meta", ["charset": "utf-8"])
        HTML(void: "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        HTML("title") { "gatilho: \(phrases.title)" }
        HTML(style: .page, nonce: nonce)
      }
      HTML("body") {
        header
        HTML("main", content: main)
        HTML("footer") {
          phrases.madeAt(
            teller.words(teller.now), zone: teller.now.local("%Z"), version: Version.number)
        }
      }
    }.document
  }

  private var header: HTML {
    HTML("header") {
      HTML("h1") {
        HTML("a", ["href": teller.address()]) { "gatilho" }
      }
      HTML("nav") {
        search
        HTML(
          "a", ["href": otherQuery, "lang": teller.language.other.tag],
          content: { teller.language.other.phrases.name })
      }
    }
  }

  private var search: HTML {
    HTML("form", ["method": "get", "role": "search"]) {
      if teller.language != .portuguese {
        HTML(void: "input", ["type": "hidden", "name": "lang", "value": teller.language.rawValue])
      }
      HTML(
        void: "input",
        [
          "type": "search", "name": "q", "aria-label": phrases.searchHint,
          "placeholder": phrases.searchHint, "autocomplete": "off", "maxlength": "200",
        ])
      HTML("button") { phrases.search }
    }
  }
}

extension HTML {
  /// What may be wider than a phone: it scrolls by itself, also by the keyboard.
  ///
  /// - Parameter heading: the id of the heading that names it.
  init(scrolling heading: String, @HTMLBuilder content: () -> HTML) {
    self.init(
      "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-labelledby": heading],
      content: content)
  }
}
