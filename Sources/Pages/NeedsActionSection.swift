import Gupy
import Journal
import Lookup

/// What needs action: why, which command mends it, and the latest events of each kind.
struct NeedsActionSection {
  let html: HTML

  /// How many events of a kind are shown.
  private static let shown = 5

  /// - Parameter complain: told what cannot be read.
  init(_ renderer: Renderer, _ overview: Overview, _ journal: Journal, complain: Complaint) {
    var (kinds, shelf): ([HTML], StoryShelf) = ([], StoryShelf(journal))
    for kind in Standing.needingPerson where overview.count(kind) > 0 {
      let latest = overview.figures.latest(kind, Self.shown).compactMap { event in
        complain.about(nil) { () throws(JournalError) in
          try shelf.entry(event.key, of: event.application)
        }.map { EventSearch.Found(application: event.application, entry: $0) }
      }
      let events = latest.filter { $0.entry.need == kind }
      kinds += [kind.remedy()].compactMap(\.self).map {
        renderer.needingAction($0, overview.count(kind), latest: events)
      }
    }
    html = HTML(section: "needs", renderer.text(.needingAction)) {
      if kinds.isEmpty {
        HTML("p") { renderer.text(.noneNeedsAction) }
      } else {
        HTML("div", ["class": "needs"]) { kinds }
      }
    }
  }
}

extension Renderer {
  fileprivate func needingAction(
    _ remedy: Remedy, _ count: Int, latest: [EventSearch.Found]
  ) -> HTML {
    HTML("div") {
      HTML("h3") { "\(text(remedy.name)): \(number(count))" }
      HTML("p") { text(remedy.advice) }
      commands(of: remedy)
      if !latest.isEmpty {
        HTML("ul") {
          latest.map(item)
          if count > latest.count {
            HTML("li", ["class": "quiet"]) { text(.more(number(count - latest.count))) }
          }
        }
      }
    }
  }

  private func item(_ found: EventSearch.Found) -> HTML {
    let details = found.entry.event?.masked
    let who = details?[.candidateFullName] ?? "–"
    let outcome = found.entry.outcome?.masked
    return HTML("li") {
      link(to: found.application)
      HTML("bdi") { " \(who) · \(text(.headline(details)))" }
      if outcome?.status != .ignored, let reason = outcome?.shortReason {
        HTML("span", ["class": "quiet"]) { " · \(reason)" }
      }
    }
  }
}
