import Journal
import Lookup

extension Figures {
  /// How long the provider and the disk took.
  func latency(_ teller: Teller) -> HTML {
    HTML("section", ["aria-labelledby": "latency"]) {
      HTML("h2", ["id": "latency"]) { teller.phrases.latency }
      HTML("p", ["class": "quiet small"]) { teller.phrases.latencyHint }
      HTML(scrolling: "latency") { table(teller) }
    }
  }

  private static let shares = [50, 95, 99]

  private func table(_ teller: Teller) -> HTML {
    HTML("table") {
      HTML("thead") {
        HTML("tr") {
          HTML("td")
          for share in Self.shares {
            HTML("th", ["scope": "col", "class": "number"]) { "\(share) %" }
          }
          HTML("th", ["scope": "col", "class": "number"]) { teller.phrases.calls }
        }
      }
      HTML("tbody") {
        row(teller.phrases.providerCall, provider, teller)
        row(teller.phrases.syncs, journal, teller)
      }
    }
  }

  private func row(_ name: String, _ times: Histogram, _ teller: Teller) -> HTML {
    HTML("tr") {
      HTML("th", ["scope": "row"]) { name }
      for share in Self.shares {
        HTML("td", ["class": "number"]) {
          times.count == 0 ? "–" : teller.phrases.within(times.bound(of: Double(share) / 100))
        }
      }
      HTML("td", ["class": "number"]) { teller.number(times.count) }
    }
  }
}
