import Configuration
import FastCGI
import Gupy
import JSON
import Journal
import Lookup

/// What people and machines look at, of the customer whose configuration the request names. Each
/// endpoint answers GET and HEAD.
package struct Endpoints {
  private let configurations: Configurations
  private let complain: (String) -> Void

  /// How many of the latest events the page shows.
  private static let latest = 20

  /// - Parameter complain: told what an operator has to mend.
  package init(_ configurations: Configurations, complain: @escaping (String) -> Void) {
    self.configurations = configurations
    self.complain = complain
  }

  /// Whether a webhook could be handled now: 200, or 503 with what to do about it, and nothing of this
  /// machine's paths. It leaves nothing on the disk and asks no provider, so that it may be asked every
  /// second.
  package func health(_ request: Request) -> Response {
    request.answerToLook {
      answer(
        request, badConfiguration: Self.badConfiguration,
        unreadable: Response(
          .serviceUnavailable,
          problem: "The state folder cannot be written: the handler's log says why.")
      ) { site throws(JournalError) in
        try site.journal.checkHealth()
        return Response(.ok, type: "application/json", body: ["status": "healthy"].json)
      }
    }
  }

  /// Figures for Prometheus: 200, or 503 when there is nothing to count.
  package func metrics(_ request: Request, now: Timestamp) -> Response {
    request.answerToLook {
      answer(
        request, badConfiguration: Self.badConfiguration,
        unreadable: Response(
          .serviceUnavailable, problem: "The journal cannot be read: the handler's log says why.")
      ) { site throws(JournalError) in
        let text = try Overview(site, now: now).metrics.map(\.text).joined()
        return Response(
          .ok, type: "text/plain; version=0.0.4; charset=utf-8", body: Array(text.utf8))
      }
    }
  }

  /// A page for people: 200, or a page that says what is wrong. It asks for nothing but the query
  /// string, and shows nobody's data beyond masks.
  package func status(_ request: Request, now: Timestamp) -> Response {
    request.answerToLook {
      guard let query = StatusQuery(request.parameters["QUERY_STRING"] ?? "") else {
        return PageRequest(StatusQuery(), now: now).apology(.badRequest, .badQuery)
      }
      let page = PageRequest(query, now: now)
      return answer(
        request, badConfiguration: page.apology(.serviceUnavailable, .badConfiguration),
        unreadable: page.apology(.serviceUnavailable, .unreadable)
      ) { site throws(JournalError) in
        switch query.subject {
        case .everything: try everything(page, site)
        case .application(let id):
          tell(page, try ApplicationStory(of: id.number, in: site.journal), id.description)
        case .search(let words):
          tell(page, try ApplicationStory(named: words, in: site.journal), words)
        }
      }
    }
  }

  private static var badConfiguration: Response {
    Response(.serviceUnavailable, problem: Configurations.brokenWords)
  }

  private func answer(
    _ request: Request, badConfiguration: @autoclosure () -> Response,
    unreadable: @autoclosure () -> Response, _ look: (Site) throws(JournalError) -> Response
  ) -> Response {
    let site: Site
    do throws(DocumentError) {
      site = try configurations.site(request.parameters["GATILHO_CONFIG"])
    } catch {
      complain(error.description)
      return badConfiguration()
    }
    do throws(JournalError) {
      return try look(site)
    } catch {
      complain(error.description)
      return unreadable()
    }
  }

  private func everything(_ page: PageRequest, _ site: Site) throws(JournalError) -> Response {
    let (now, complaints) = (page.renderer.now, Complaints())
    var overview = try Overview(site, now: now)
    let needingAction = NeedsActionSection(
      page.renderer, overview, site.journal, complain: complaints.complaint)
    let selection = EventSearch.Selection(since: IndexDay.horizonStart(now), limit: Self.latest)
    let events = complaints.complaint.about([]) { () throws(JournalError) in
      try EventSearch(site.journal).find(selection, complain: complaints.complaint)
    }
    overview.unreadable += complaints.all
    for error in complaints.all.prefix(1) { site.journal.notes.note(error, now: now) }
    return page.response(.ok) {
      OverviewPage(
        renderer: page.renderer, overview: overview, needingAction: needingAction, events: events
      ).html
    }
  }

  private func tell(_ page: PageRequest, _ story: ApplicationStory?, _ words: String) -> Response {
    guard let story else { return page.apology(.notFound, .unknown(words)) }
    return page.response(.ok) { StoryPage(story, page.renderer).html }
  }
}
