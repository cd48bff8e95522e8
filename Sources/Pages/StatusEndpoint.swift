import Configuration
import FastCGI
import Gupy
import JSON
import Journal
import Lookup

/// A page for people, of the customer whose configuration the request
/// names. It asks for nothing but the query string, and shows nobody's data beyond masks.
package struct StatusEndpoint {
  private let configurations: Configurations
  private let now: Timestamp
  private let complain: (String) -> Void

  /// How many of the latest events are shown.
  private static let latest = 20

  /// - Parameters:
  ///   - now: the moment of the request.
  ///   - complain: told what an operator has to mend.
  package init(
    _ configurations: Configurations, now: Timestamp, complain: @escaping (String) -> Void
  ) {
    self.configurations = configurations
    self.now = now
    self.complain = complain
  }

  /// Answers GET and HEAD: 200, or a page that says what is wrong.
  package func respond(to request: Request) -> Response {
    request.answerToLook {
      guard let query = StatusQuery(request.parameters["QUERY_STRING"] ?? "") else {
        let visit = Visit(StatusQuery(), now)
        return visit.apology(.badRequest, visit.teller.phrases.badQuery)
      }
      let visit = Visit(query, now)
      do throws(DocumentError) {
        return answer(visit, try configurations.site(request.parameters["GATILHO_CONFIG"]))
      } catch {
        complain(error.description)
        return visit.apology(.serviceUnavailable, visit.teller.phrases.badConfiguration)
      }
    }
  }

  private func answer(_ visit: Visit, _ site: Site) -> Response {
    do throws(JournalError) {
      switch visit.query.subject {
      case .everything: return try everything(visit, site)
      case .application(let id):
        return tell(visit, try ApplicationStory(of: id.number, in: site.journal), id.description)
      case .search(let words):
        return tell(visit, try ApplicationStory(named: words, in: site.journal), words)
      }
    } catch {
      complain(error.description)
      return visit.apology(.serviceUnavailable, visit.teller.phrases.unreadable)
    }
  }

  private func everything(_ visit: Visit, _ site: Site) throws(JournalError) -> Response {
    let teller = visit.teller
    let complaints = Complaints()
    var overview = try Overview(site, now: now)
    let needs = NeedsSection(
      teller: teller, overview: overview, journal: site.journal, complain: complaints.complaint
    ).html()
    let selection = EventSearch.Selection(since: IndexDay.horizonStart(now), limit: Self.latest)
    let events = complaints.complaint.about([]) { () throws(JournalError) in
      try EventSearch(site.journal).find(selection, complain: complaints.complaint)
    }
    overview.unreadable += complaints.all
    for error in complaints.all.prefix(1) { site.journal.notes.note(error, now: now) }
    return visit.page(.ok) {
      overview.now(teller)
      needs
      HTML("div", ["class": "two"]) {
        overview.figures.lastDay(teller)
        overview.figures.lastMonth(teller)
      }
      overview.figures.latency(teller)
      EventTable(teller: teller, events: events).html
    }
  }

  private func tell(_ visit: Visit, _ story: ApplicationStory?, _ words: String) -> Response {
    guard let story else {
      return visit.apology(.notFound, visit.teller.phrases.unknown(words))
    }
    return visit.page(.ok) { StoryPage(story, by: visit.teller).html }
  }
}
