import Gupy
import Journal
import Lookup

/// The page of everything: whether all is well, in words, what that rests on, and what to do.
struct OverviewPage {
  let renderer: Renderer
  let overview: Overview
  let needingAction: NeedsActionSection
  /// The latest, those of which something was written last first.
  let events: [EventSearch.Found]

  @HTMLBuilder var html: HTML {
    verdict
    HTML(section: "now", renderer.text(.now)) { HTML(facts: facts) }
    needingAction.html
    HTML("div", ["class": "two"]) {
      BarChart(
        renderer: renderer, id: "day", title: .lastDay, unit: .hour, spans: overview.figures.hours
      ) { $0.local("%H:%M") }.html
      // They are UTC's days, whatever this machine's clock shows.
      BarChart(
        renderer: renderer, id: "month", title: .lastMonth, unit: .day,
        spans: overview.figures.days, label: renderer.day
      ).html
    }
    latency
    HTML(section: "latest", renderer.text(.latest)) { latest }
  }

  private var verdict: HTML {
    let concerns = overview.concerns
    let isGrave = concerns.contains(where: \.kind.isGrave)
    let look = isGrave ? "bad" : concerns.isEmpty ? "good" : "warn"
    return HTML("section", ["class": "verdict \(look)", "aria-labelledby": "verdict"]) {
      HTML("h2", ["id": "verdict"]) { renderer.text(.verdict(concerns)) }
      if !concerns.isEmpty {
        HTML("ul") {
          for concern in concerns {
            HTML("li") {
              renderer.text(concern.sentence(renderer.moment))
              HTML("span", ["class": "quiet"]) { " " + renderer.text(concern.kind.remedy) }
            }
          }
        }
      }
    }
  }

  private var facts: [(name: String, value: HTML)] {
    let deliveries = overview.figures.deliveries
    let facts: [(name: Words, value: HTML?, otherwise: Words)] = [
      (.recipients, nil, .recipients(overview.recipients)),
      (.lastDelivery, deliveries.latest.map(renderer.past), .noDelivery),
      (.removal, deliveries.removal.map(renderer.time), .noRemoval),
      (.provider, nil, .sending(overview.trouble, renderer.duration)),
      (.retry, overview.retry.map(run), .noRetry),
      (
        .room, overview.freeBytes.map { HTML(text: renderer.gigabytes($0)) }, Words("–")
      ),
    ]
    return facts.map { (renderer.text($0), $1 ?? HTML(text: renderer.text($2))) }
  }

  @HTMLBuilder private func run(_ run: RetryRun) -> HTML {
    renderer.past(run.at)
    ", " + renderer.text(.left(renderer.number(run.left)))
  }

  /// How long the provider and the disk took.
  private var latency: HTML {
    let shares = [50, 95, 99]
    let times = [
      (Words.providerCall, overview.figures.provider), (.syncs, overview.figures.journal),
    ]
    return HTML(section: "latency", renderer.text(.latency)) {
      HTML("p", ["class": "quiet small"]) { renderer.text(.latencyHint) }
      HTML(
        figures: "latency", corner: HTML("td"),
        columns: shares.map { "\($0) %" } + [renderer.text(.calls)],
        rows: times.map { name, times in
          let bounds = shares.map { Words.within(times.bound(of: Double($0) / 100)) }
          let figures = bounds.map { times.count == 0 ? "–" : renderer.text($0) }
          return (renderer.text(name), figures + [renderer.number(times.count)])
        })
    }
  }
}

extension OverviewPage {
  @HTMLBuilder private var latest: HTML {
    if events.isEmpty {
      HTML("p") { renderer.text(.noEvents) }
    } else {
      HTML("table", ["class": "cards"]) {
        HTML("thead") {
          HTML("tr") {
            for name in columns { HTML("th", ["scope": "col"]) { name } }
          }
        }
        HTML("tbody") { events.map(row) }
      }
    }
  }

  private var columns: [String] {
    [Words.when, .application, .event, .result, .candidate, .job].map(renderer.text)
  }

  private func row(_ found: EventSearch.Found) -> HTML {
    let (entry, details) = (found.entry, found.entry.event?.masked)
    let cells = [
      entry.last.map(renderer.time) ?? HTML(),
      renderer.link(to: found.application),
      HTML("bdi") { renderer.text(.headline(details)) }, result(entry),
      HTML("bdi") { details?[.candidateFullName] ?? "–" },
      HTML("bdi") { details?[.jobName] ?? "–" },
    ]
    return HTML("tr") {
      for (name, cell) in zip(columns, cells) { HTML("td", ["data-label": name]) { cell } }
    }
  }

  @HTMLBuilder private func result(_ entry: Entry) -> HTML {
    renderer.badge(entry.listed)
    if case .ignored(let reason) = entry.outcome {
      HTML("div", ["class": "quiet small"]) { renderer.text(reason.words) }
    }
  }
}
