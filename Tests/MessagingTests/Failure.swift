import TestSupport

@testable import Messaging

/// A way in which any provider may fail to answer, and what it means for the message.
struct Failure: Sendable, CustomStringConvertible {
  let description: String
  let verdict: Verdict
  var retryAfter: Int?
  /// Profiles that take this answer for something else: for them it is none of the failures.
  var exceptions: [String: Verdict] = [:]
  /// What the provider does, which would accept the message with the answer given.
  let reaction: @Sendable (Answer?) -> LoopbackServer.Reaction

  private init(
    _ description: String, _ verdict: Verdict, retryAfter: Int? = nil,
    exceptions: [String: Verdict] = [:],
    _ reaction: @escaping @Sendable (Answer?) -> LoopbackServer.Reaction
  ) {
    (self.description, self.verdict, self.retryAfter) = (description, verdict, retryAfter)
    (self.exceptions, self.reaction) = (exceptions, reaction)
  }

  private init(
    _ description: String, _ status: Int, _ body: String, headers: String = "", _ verdict: Verdict,
    retryAfter: Int? = nil, exceptions: [String: Verdict] = [:]
  ) {
    self.init(description, verdict, retryAfter: retryAfter, exceptions: exceptions) { _ in
      .answerAndClose(LoopbackServer.http(status, body, headers: headers))
    }
  }

  static let all = [
    Failure(
      "429 with seconds", 429, "", headers: "Retry-After: 120\r\n", .unavailable, retryAfter: 120),
    Failure(
      "429 with a date", 429, "",
      headers:
        "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\nDate: Sun, 06 Nov 1994 08:48:00 GMT\r\n",
      .unavailable, retryAfter: 97),
    Failure("429 without", 429, "{}", .unavailable),
    Failure(
      "503 with seconds", 503, "", headers: "Retry-After: 30\r\n", .unavailable, retryAfter: 30),
    Failure("503 without", 503, "", .unconfirmed),
    Failure(
      "503 with what cannot be read", 503, "", headers: "Retry-After: soon\r\n", .unconfirmed),
    Failure(
      "429 with more than anybody counts", 429, "",
      headers: "Retry-After: 9223372036854775808\r\n", .unavailable, retryAfter: 31_536_000),
    Failure(
      "202 without a body", 202, "", .unconfirmed,
      exceptions: ["blip-template": .accepted, "webhook": .accepted]),
    Failure("502 that is no JSON", 502, "<html>Bad Gateway</html>", .unconfirmed),
    Failure("an empty answer", 200, "", .unconfirmed, exceptions: ["webhook": .accepted]),
    Failure(
      "an answer that is no JSON", 200, "<html>", .unconfirmed, exceptions: ["webhook": .accepted]),
    Failure("401", 401, "", .misconfigured),
    Failure("404", 404, "<html>", .misconfigured),
    Failure("a redirect", 307, "", headers: "Location: /elsewhere\r\n", .misconfigured),
    Failure("a cut answer", .unconfirmed, exceptions: statusAlone) {
      .answerAndClose(head($0, length: 1_000) + "{")
    },
    Failure("an answer larger than the bound", .unconfirmed, exceptions: statusAlone) {
      .answerAndClose(head($0, length: 70_000) + String(repeating: " ", count: 70_000))
    },
    Failure("gzip that is none", .unconfirmed, exceptions: statusAlone) {
      .answerAndClose(head($0, length: 4, "Content-Encoding: gzip\r\n") + "none")
    },
    Failure("no answer", .unconfirmed) { _ in .close },
    Failure("none of these, but a byte order mark", .accepted) { answer in
      let body = [0xEF, 0xBB, 0xBF] + ((try? answer?.body) ?? [])
      return .bytesAndClose(Array(head(answer, length: body.count).utf8) + body)
    },
    Failure("none of these, but gzip", .accepted) { answer in
      let body = gzip((try? answer?.body) ?? [])
      let head = head(answer, length: body.count, "Content-Encoding: gzip\r\n")
      return .bytesAndClose(Array(head.utf8) + body)
    },
  ]

  /// Those that take the status of an accepted message for the whole answer.
  private static let statusAlone: [String: Verdict] = [
    "blip-template": .accepted, "webhook": .accepted,
  ]

  private static func head(_ answer: Answer?, length: Int, _ headers: String = "") -> String {
    "HTTP/1.1 \(answer?.status ?? 200) X\r\nContent-Length: \(length)\r\n\(headers)\r\n"
  }
}
