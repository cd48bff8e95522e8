import FastCGI
import Gupy
import HTTPClient
import JSON
import Journal
import Messaging

/// The function: one request in, one answer out. Stateless but for what may be forgotten at any
/// time, the configurations and the provider's kept-alive connection.
package final class WebhookHandler {
  private let configurations: Configurations
  private let client = HTTPClient()
  private let now: () -> Timestamp

  /// - Parameter now: the clock.
  package init(configurations: Configurations, now: @escaping () -> Timestamp = { .now }) {
    self.configurations = configurations
    self.now = now
  }

  /// Answers a request. Always answers, and writes one log line, save for a look that finds all
  /// well.
  package func respond(to request: Request) -> Response {
    switch request.endpoint {
    case .health: Health.respond(to: request, configurations)
    case .status: StatusEndpoint(configurations, now: now()).respond(to: request)
    case .metrics: MetricsEndpoint(configurations, now: now()).respond(to: request)
    case .webhook, nil: handle(request)
    }
  }

  private func handle(_ request: Request) -> Response {
    let start = ContinuousClock.now
    var line = LogLine()
    let answer = answer(request, &line)
    line.add(answer)
    var response = answer.response
    response.headers.append((name: "Server-Timing", value: line.milliseconds.serverTiming))
    line.milliseconds.total = ContinuousClock.now - start
    line.status = response.status.code
    line.at = now().description
    line.print()
    return response
  }

  private func answer(_ request: Request, _ line: inout LogLine) -> Answer {
    guard request.endpoint == .webhook else {
      return .refused(.unknownEndpoint(request.parameters["GATILHO_ENDPOINT"] ?? ""))
    }
    guard request.method == "POST" else { return .refused(.notPost) }
    do throws(DocumentError) {
      let site = try configurations.site(request.parameters["GATILHO_CONFIG"])
      return authenticate(request, at: site, &line)
    } catch {
      return .refused(.badConfiguration(error))
    }
  }

  private func authenticate(
    _ request: Request, at site: Site, _ line: inout LogLine
  ) -> Answer {
    switch Authentication(request, secrets: site.configuration.secrets) {
    case .accepted: break
    case .wrongSecret:
      site.journal.notes.note(.secret, now: now().milliseconds)
      return .refused(.unauthorized)
    case .noSecret: return .refused(.unauthorized)
    }
    let deadline = Deadline(receivedAt: request.parameters["GATILHO_RECEIVED_AT"], now: now())
    switch request.body {
    case .noLength: return .refused(.noLength)
    case .tooLarge(let limit): return .refused(.tooLarge(limit: limit))
    case .truncated: return .refused(.truncated)
    case .complete(let body): return read(body, at: site, by: deadline, &line)
    }
  }

  private func read(
    _ body: [UInt8], at site: Site, by deadline: Deadline, _ line: inout LogLine
  ) -> Answer {
    do throws(PayloadError) {
      switch try WebhookPayload(json: body).validated() {
      case .event(let event): return handle(event, at: site, by: deadline, &line)
      case .notSubscribed(let id, let type): return .notSubscribed(id: id, type: type)
      }
    } catch {
      switch error {
      case .notJSON: return .refused(.notJSON)
      case .notAnEvent(let path, let expected):
        return quarantine(body, at: site, .quarantined(path: path, expected: expected))
      }
    }
  }

  private func handle(
    _ event: WebhookEvent, at site: Site, by deadline: Deadline, _ line: inout LogLine
  ) -> Answer {
    line.add(event)
    do throws(JournalError) {
      var handling = try Handling(event, at: site, by: deadline, now: now, log: line)
      defer { line = handling.line }
      return try handling.answer(with: client)
    } catch {
      return .refused(.journal(error))
    }
  }

  private func quarantine(_ body: [UInt8], at site: Site, _ answer: Answer) -> Answer {
    do throws(JournalError) {
      try site.journal.quarantine.keep(body)
      return answer
    } catch {
      return .refused(.journal(error))
    }
  }
}
