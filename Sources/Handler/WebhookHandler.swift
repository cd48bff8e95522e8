import FastCGI
import Gupy
import HTTPClient
import Journal
import Messaging

/// The function: one request in, one answer out. Stateless but for what may be forgotten at any
/// time, the configurations and the provider's kept-alive connection.
package final class WebhookHandler {
  private let configurations: Configurations
  private let client = HTTPClient()
  private let now: () -> Timestamp
  private let log: (LogLine) -> Void

  package init(
    configurations: Configurations, now: @escaping () -> Timestamp = { .now },
    log: @escaping (LogLine) -> Void = LogLine.print
  ) {
    self.configurations = configurations
    self.now = now
    self.log = log
  }

  /// Answers a request. Always answers, and writes one log line.
  package func respond(to request: Request) -> Response {
    let start = ContinuousClock.now
    var line = LogLine()
    let answer = answer(request, &line)
    line.add(answer)
    var response = answer.response
    response.headers.append((name: "Server-Timing", value: line.milliseconds.serverTiming))
    line.milliseconds.total = ContinuousClock.now - start
    line.status = response.status.code
    line.at = now().description
    log(line)
    return response
  }

  private func answer(_ request: Request, _ line: inout LogLine) -> Answer {
    let endpoint = request.parameters["GATILHO_ENDPOINT"] ?? "webhook"
    guard endpoint == "webhook" else { return .refused(.unknownEndpoint(endpoint)) }
    guard request.method == "POST" else { return .refused(.notPost) }
    do {
      let site = try configurations.site(request.parameters["GATILHO_CONFIG"])
      return answer(request, site, &line)
    } catch {
      return .refused(.badConfiguration(error))
    }
  }

  private func answer(_ request: Request, _ site: Site, _ line: inout LogLine) -> Answer {
    guard Authentication.accepts(request, secrets: site.configuration.secrets) else {
      return .refused(.unauthorized)
    }
    switch request.body {
    case .noLength: return .refused(.noLength)
    case .tooLarge(let limit): return .refused(.tooLarge(limit: limit))
    case .truncated: return .refused(.truncated)
    case .complete(let body): return answer(request, body, site, &line)
    }
  }

  private func answer(
    _ request: Request, _ body: [UInt8], _ site: Site, _ line: inout LogLine
  ) -> Answer {
    let deadline = Deadline(receivedAt: request.parameters["GATILHO_RECEIVED_AT"], now: now())
    do throws(JournalError) {
      switch try webhook(body, site) {
      case .done(let answer): return answer
      case .event(let event):
        line.add(event)
        var handling = Handling(
          event: event, site: site, deadline: deadline, client: client, now: now)
        defer { line.milliseconds = handling.times }
        return try handling.answer()
      }
    } catch {
      return .refused(.journal(error))
    }
  }

  private enum Received {
    case event(WebhookEvent)
    case done(Answer)
  }

  /// The event that a body holds, or the answer where it holds none.
  private func webhook(_ body: [UInt8], _ site: Site) throws(JournalError) -> Received {
    do throws(PayloadError) {
      switch try WebhookPayload(json: body).validated() {
      case .event(let event): return .event(event)
      case .notSubscribed(let id, let type): return .done(.notSubscribed(id: id, type: type))
      }
    } catch {
      switch error {
      case .notJSON:
        return .done(.refused(.notJSON))
      case .notAnEvent(let path, let expected):
        try site.openJournal().quarantine.keep(body)
        return .done(.quarantined(path: path, expected: expected))
      }
    }
  }
}
