import FastCGI
import Gupy

/// One look at the page: what was asked for, in which language, and the frame of the answer.
struct Visit {
  let query: StatusQuery
  let teller: Teller
  private let nonce = Self.nonce()

  init(_ query: StatusQuery, _ now: Timestamp) {
    self.query = query
    teller = Teller(query.language, now: now)
  }

  /// A page with this in its middle.
  func page(_ status: Status, @HTMLBuilder main: () -> HTML) -> Response {
    let frame = PageFrame(
      teller: teller, otherQuery: query.address(in: teller.language.other), nonce: nonce)
    var response = Response(
      status, type: "text/html; charset=utf-8", body: frame.document(main: main))
    response.headers += [
      (name: "Content-Security-Policy", value: policy),
      (name: "X-Content-Type-Options", value: "nosniff"),
      (name: "Referrer-Policy", value: "no-referrer"),
    ]
    return response
  }

  /// A page that says why there is no other.
  func apology(_ status: Status, _ words: String) -> Response {
    page(status) {
      HTML("section", ["class": "verdict warn"]) {
        HTML("h2") { words }
      }
      HTML("p") { HTML("a", ["href": teller.address()]) { teller.phrases.back } }
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
