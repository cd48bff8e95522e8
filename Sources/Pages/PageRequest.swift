import FastCGI
import Gupy
import Lookup

/// One request for a page: what is asked for, in which language, and what stands around the answer.
struct PageRequest {
  let query: StatusQuery
  let renderer: Renderer
  private let nonce = Self.nonce()

  init(_ query: StatusQuery, now: Timestamp) {
    self.query = query
    renderer = Renderer(language: query.language, now: now)
  }

  /// A page with this in its middle.
  func response(_ status: Status, @HTMLBuilder main: () -> HTML) -> Response {
    var response = Response(
      status, type: "text/html; charset=utf-8", body: html(main: main).document)
    response.headers += [
      (name: "Content-Security-Policy", value: policy),
      (name: "X-Content-Type-Options", value: "nosniff"),
      (name: "Referrer-Policy", value: "no-referrer"),
    ]
    return response
  }

  /// A page that says why there is no other.
  func apology(_ status: Status, _ words: Words) -> Response {
    response(status) {
      HTML("section", ["class": "verdict warn"]) {
        HTML("h2") { renderer.text(words) }
      }
      renderer.wayBack
    }
  }

  private func html(@HTMLBuilder main: () -> HTML) -> HTML {
    HTML("html", ["lang": renderer.text(.languageTag)]) {
      HTML("head") {
        HTML(void: "meta", ["charset": "utf-8"])
        HTML(void: "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        HTML("title") { "gatilho: \(renderer.text(.title))" }
        HTML(styleWithNonce: nonce)
      }
      HTML("body") {
        header
        HTML("main", content: main)
        HTML("footer") {
          let now = renderer.now
          renderer.text(.madeAt(renderer.moment(now), zone: now.local("%Z")))
        }
      }
    }
  }

  private var header: HTML {
    let other: Language = query.language == .portuguese ? .english : .portuguese
    return HTML("header") {
      HTML("h1") {
        HTML("a", ["href": renderer.address()]) { "gatilho" }
      }
      HTML("nav") {
        search
        HTML("a", ["href": query.address(in: other), "lang": Words.languageTag[other]]) {
          Words.languageName[other]
        }
      }
    }
  }

  private var search: HTML {
    HTML("form", ["method": "get", "role": "search"]) {
      if query.language != .portuguese {
        HTML(void: "input", ["type": "hidden", "name": "lang", "value": query.language.rawValue])
      }
      HTML(
        void: "input",
        [
          "type": "search", "name": "q", "aria-label": renderer.text(.searchHint),
          "placeholder": renderer.text(.searchHint), "autocomplete": "off", "maxlength": "200",
        ])
      HTML("button") { renderer.text(.search) }
    }
  }

  /// Nothing but the page's own style, and a form that comes back here.
  private var policy: String {
    "default-src 'none'; style-src 'nonce-\(nonce)'; form-action 'self'; frame-ancestors 'none';"
      + " base-uri 'none'"
  }

  /// 128 bits that nobody can guess, as hexadecimal digits.
  private static func nonce() -> String {
    (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined()
  }
}
