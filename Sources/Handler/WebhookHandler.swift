import Configuration
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
  /// What this process would lose if it ended now.
  package let unsaved = Unsaved()
  private let now: () -> Timestamp

  /// - Parameter now: the clock.
  package init(configurations: Configurations, now: @escaping () -> Timestamp = { .now }) {
    self.configurations = configurations
    self.now = now
  }

  /// Answers a webhook. Always answers, and writes one log line.
  package func respond(to request: Request) -> Response {
    tell { line in answer(request, &line) }
  }

  /// Answers a request for what is not there.
  package func refuse(endpoint: String) -> Response {
    tell { _ in .refused(.unknownEndpoint(endpoint)) }
  }

  private func tell(_ decide: (inout LogLine) -> Answer) -> Response {
    let start = ContinuousClock.now
    var line = LogLine()
    let answer = decide(&line)
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
    let deadline = deadline(of: request, at: site, &line)
    switch request.body {
    case .noLength: return .refused(.noLength)
    case .tooLarge(let limit): return .refused(.tooLarge(limit: limit))
    case .truncated: return .refused(.truncated)
    case .complete(let body): return read(body, at: site, by: deadline, &line)
    }
  }

  /// Counts the time that the request waited for a worker, by clocks that may differ.
  private func deadline(
    of request: Request, at site: Site, _ line: inout LogLine
  ) -> Deadline {
    let now = now()
    let age = Deadline.age(receivedAt: request.parameters["GATILHO_RECEIVED_AT"], now: now)
    guard let age else { return Deadline(age: nil) }
    // A process for each request cannot know whether one waited; without others, none did.
    let wasIdle =
      request.wasAwaited ?? site.journal.working.live(.handling, now: now.milliseconds).isEmpty
    let offset = Duration.milliseconds(
      site.journal.clock.learn(Int64(age / .milliseconds(1)), wasIdle: wasIdle))
    // Two web servers may differ from each other too: no difference makes a wait longer than its age.
    let deadline = Deadline(age: age, offset: max(.zero, offset))
    let isClock = request.wasAwaited == true && deadline.waited > Deadline.longWait
    note(isClock ? .zero : deadline.waited, isClock ? age : offset, at: site, now)
    if offset != .zero {
      let seconds = Int64((offset / .seconds(1)).rounded())
      let side = seconds > 0 ? "behind" : "ahead of"
      line.complain("nginx's clock is \(abs(seconds)) s \(side) this host's")
    }
    return deadline
  }

  /// Tells people of clocks that differ, and of a queue that is too long.
  private func note(
    _ waited: Duration, _ offset: Duration, at site: Site, _ now: Timestamp
  ) {
    let notes = site.journal.notes
    if offset != .zero {
      let seconds = Int64((offset / .seconds(1)).rounded())
      notes.note(
        .clock, "nginx \(seconds > 0 ? "−" : "+")\(abs(seconds)) s", now: now.milliseconds)
    }
    if waited > Deadline.longWait {
      notes.note(
        .busy, "\(Int64((waited / .seconds(1)).rounded())) s", now: now.milliseconds)
    } else if offset != .zero {
      // What looked like a queue was the clocks.
      notes.clear(.busy)
    }
  }

  private func read(
    _ body: [UInt8], at site: Site, by deadline: Deadline, _ line: inout LogLine
  ) -> Answer {
    guard body.contains(where: { !" \t\r\n".utf8.contains($0) }) else { return .refused(.empty) }
    do throws(PayloadError) {
      switch try WebhookPayload(json: body).validated() {
      case .event(let event): return handle(event, at: site, by: deadline, &line)
      case .notSubscribed(let id, let type): return .notSubscribed(id: id, type: type)
      }
    } catch {
      switch error {
      case .notJSON: return quarantine(body, at: site, .quarantined(path: "", expected: "JSON"))
      case .notAnEvent(let path, let expected):
        return quarantine(body, at: site, .quarantined(path: path, expected: expected))
      }
    }
  }

  private func handle(
    _ event: WebhookEvent, at site: Site, by deadline: Deadline, _ line: inout LogLine
  ) -> Answer {
    line.add(event)
    let start = ContinuousClock.now
    do throws(JournalError) {
      var handling = try Handling(
        event, at: site, by: deadline, now: now, log: line, unsaved: unsaved)
      defer { line = handling.line }
      return try handling.answer(with: client)
    } catch {
      if case .busy(let application) = error, ContinuousClock.now - start > Deadline.longWait {
        site.journal.notes.note(.busy, "application \(application)", now: now().milliseconds)
      }
      return refusal(error, at: site)
    }
  }

  private func quarantine(_ body: [UInt8], at site: Site, _ answer: Answer) -> Answer {
    do throws(JournalError) {
      try site.journal.quarantine.keep(body)
      return answer
    } catch {
      return refusal(error, at: site)
    }
  }

  private func refusal(_ error: JournalError, at site: Site) -> Answer {
    site.journal.notes.note(error, now: now())
    return .refused(.journal(error))
  }
}
