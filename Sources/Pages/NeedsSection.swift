import Gupy
import Journal
import Lookup

/// What needs a person: why, which command mends it, and the latest events of each kind.
struct NeedsSection {
  let teller: Teller
  let overview: Overview
  let journal: Journal
  /// Told what cannot be read.
  let complain: Complaint

  /// How many events of a kind are shown.
  private static let shown = 5

  /// The section of the page.
  func html() -> HTML {
    var (needs, shelf): ([HTML], StoryShelf) = ([], StoryShelf(journal))
    for need in Overview.needs where overview.count(need) > 0 { needs.append(html(need, &shelf)) }
    return HTML("section", ["aria-labelledby": "needs"]) {
      HTML("h2", ["id": "needs"]) { teller.phrases.needs }
      if needs.isEmpty {
        HTML("p") { teller.phrases.noNeeds }
      } else {
        HTML("div", ["class": "needs"]) { needs }
      }
    }
  }

  private func html(_ need: RetryStatus, _ shelf: inout StoryShelf) -> HTML {
    let (words, events) = (teller.phrases.need(need), latest(need, &shelf))
    let rest = overview.count(need) - events.count
    return HTML("div") {
      HTML("h3") { "\(words.name): \(teller.number(overview.count(need)))" }
      HTML("p") { words.reason }
      words.commandList()
      if !events.isEmpty {
        HTML("ul") {
          for event in events { item(event) }
          if rest > 0 {
            HTML("li", ["class": "quiet"]) { teller.phrases.more(teller.number(rest)) }
          }
        }
      }
    }
  }

  /// The latest events of a kind, as their applications' files have them.
  private func latest(
    _ need: RetryStatus, _ shelf: inout StoryShelf
  ) -> [EventSearch.Found] {
    var found: [EventSearch.Found] = []
    for event in overview.figures.latest(need, Self.shown) {
      let entry = complain.about(nil) { () throws(JournalError) in
        try shelf.entry(event.key, of: event.application)
      }
      guard let entry, entry.need == need else { continue }
      found.append(EventSearch.Found(application: event.application, entry: entry))
    }
    return found
  }

  private func item(_ found: EventSearch.Found) -> HTML {
    let details = found.entry.event?.masked
    let who = details?[.candidateFullName] ?? "–"
    let outcome = found.entry.outcome?.masked
    let reason = outcome?.status == .ignored ? nil : outcome?.shortReason
    return HTML("li") {
      teller.link(to: found.application)
      HTML("bdi") { " \(who) · \(teller.phrases.headline(details))" }
      if let reason { HTML("span", ["class": "quiet"]) { " · \(reason)" } }
    }
  }
}

extension Need {
  /// The commands, each with what it does.
  ///
  /// - Parameter application: the only application that they are for; nil for all.
  func commandList(application: Int64? = nil) -> [HTML] {
    commands(application: application).map { command, effect in
      HTML("p") {
        HTML("code") { command }
        HTML("span", ["class": "quiet"]) { " \(effect)" }
      }
    }
  }
}
