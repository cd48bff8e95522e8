import Gupy
import Journal
import Lookup

/// Events in rows, those of which something was written last first.
struct EventTable {
  let teller: Teller
  let events: [EventSearch.Found]

  private var phrases: any Phrases { teller.phrases }

  /// The section of the page.
  var html: HTML {
    HTML("section", ["aria-labelledby": "latest"]) {
      HTML("h2", ["id": "latest"]) { phrases.latest }
      if events.isEmpty {
        HTML("p") { phrases.noEvents }
      } else {
        HTML("table", ["class": "cards"]) {
          HTML("thead") {
            HTML("tr") {
              for name in columns { HTML("th", ["scope": "col"]) { name } }
            }
          }
          HTML("tbody") { for event in events { row(event) } }
        }
      }
    }
  }

  private var columns: [String] {
    [
      phrases.when, phrases.application, phrases.event, phrases.result, phrases.candidate,
      phrases.job,
    ]
  }

  private func row(_ found: EventSearch.Found) -> HTML {
    let (entry, details) = (found.entry, found.entry.event?.masked)
    let cells = [
      entry.last.map(teller.time) ?? HTML(),
      teller.link(to: found.application), HTML("bdi") { phrases.headline(details) },
      result(entry), HTML("bdi") { details?[.candidateFullName] ?? "–" },
      HTML("bdi") { details?[.jobName] ?? "–" },
    ]
    return HTML("tr") {
      for (name, cell) in zip(columns, cells) { HTML("td", ["data-label": name]) { cell } }
    }
  }

  private func result(_ entry: Entry) -> HTML {
    let reason =
      entry.outcome?.status == .ignored
      ? entry.outcome?.reason.flatMap(IgnoreReason.init).map(phrases.reason) : nil
    return teller.badge(EventStatus(entry))
      + (reason.map { reason in HTML("div", ["class": "quiet small"]) { reason } } ?? HTML())
  }
}
