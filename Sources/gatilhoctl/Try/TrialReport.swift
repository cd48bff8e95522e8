import FoundationEssentials
import HTTPClient
import Handler
import JSON
import Messaging

/// A trial as a person reads it.
struct TrialReport {
  private let trial: Trial

  /// Of what was tried.
  init(_ trial: Trial) {
    self.trial = trial
  }

  /// Prints the event, the rules, the decision and the requests.
  func print() {
    let details = trial.event.details
    section("event", ["\(details.type.rawValue) \(trial.event.id)"])
    section("fields", trial.fields.map { "\($0.path): \($0.value)" })
    section("problems", details.problems.map { "\($0.path.rawValue): \($0.problem.rawValue)" })
    section(
      "rules", trial.rules.map { "\($0.rule): \($0.mismatch.map { "no, " + $0 } ?? "matches")" })
    section("decision", [trial.decision])
    for request in trial.requests { section("request", request.lines) }
  }

  private func section(_ name: String, _ lines: [String]) {
    for (index, line) in lines.enumerated() {
      Swift.print((index == 0 ? name : "").padded(to: 11), line.harmless)
    }
  }
}

extension HTTPRequest {
  /// As it goes over the wire, with a JSON body spread over lines.
  fileprivate var lines: [String] {
    let body = JSONValue(body).map(\.spread) ?? String(decoding: body, as: UTF8.self)
    return ["\(method.rawValue) \(url)"] + headers.map { "\($0.name): \($0.value)" }
      + body.split(separator: "\n").map(String.init)
  }
}

extension JSONValue {
  fileprivate var spread: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return try String(decoding: encoder.encode(self), as: UTF8.self)
    } catch {
      return String(decoding: encoded, as: UTF8.self)
    }
  }
}

extension Delivery {
  /// How the answer is classed, in words.
  var summary: String {
    [verdict.rawValue, reason, messageId.map { "message \($0)" }].compactMap(\.self)
      .joined(separator: ", ")
  }
}
