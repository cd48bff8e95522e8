import Gupy
import Lookup

extension Overview {
  /// Whether all is well, in words, and what that rests on.
  func now(_ teller: Teller) -> HTML {
    verdict(teller)
      + HTML("section", ["aria-labelledby": "now"]) {
        HTML("h2", ["id": "now"]) { teller.phrases.now }
        HTML("dl", ["class": "facts"]) { facts(teller) }
      }
  }

  private func verdict(_ teller: Teller) -> HTML {
    let concerns = concerns
    let look = concerns.contains(where: \.isGrave) ? "bad" : concerns.isEmpty ? "good" : "warn"
    return HTML("section", ["class": "verdict \(look)", "aria-labelledby": "verdict"]) {
      HTML("h2", ["id": "verdict"]) { teller.phrases.verdict(concerns) }
      if !concerns.isEmpty {
        HTML("ul") {
          for concern in concerns {
            HTML("li") {
              teller.phrases.concern(concern, teller.words)
              HTML("span", ["class": "quiet"]) { " " + teller.phrases.remedy(concern.kind) }
            }
          }
        }
      }
    }
  }

  private func facts(_ teller: Teller) -> [HTML] {
    let (phrases, deliveries) = (teller.phrases, figures.deliveries)
    let facts: [(name: String, value: HTML)] = [
      (phrases.recipients, HTML(text: phrases.recipients(recipients))),
      (phrases.lastDelivery, deliveries.latest.map(teller.past) ?? HTML(text: phrases.noDelivery)),
      (phrases.removal, deliveries.removal.map(teller.time) ?? HTML(text: phrases.noRemoval)),
      (phrases.provider, HTML(text: phrases.sending(trouble, teller.duration))),
      (phrases.retry, retry.map { run(teller, $0) } ?? HTML(text: phrases.noRetry)),
      (phrases.room, HTML(text: freeBytes.map(teller.gigabytes) ?? "–")),
    ]
    return facts.map { name, value in
      HTML("div") {
        HTML("dt") { name }
        HTML("dd") { value }
      }
    }
  }

  private func run(_ teller: Teller, _ run: RetryRun) -> HTML {
    teller.past(run.at) + HTML(text: ", " + teller.phrases.left(teller.number(run.left)))
  }
}
