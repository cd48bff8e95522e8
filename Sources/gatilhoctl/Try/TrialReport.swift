import FoundationEssentials
import HTTPClient
import Handler
import JSON
import Messaging
import Operations

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
    let body = JSONValue(body).map { $0.spread() } ?? String(decoding: body, as: UTF8.self)
    return ["\(method.rawValue) \(url)"] + headers.map { "\($0.name): \($0.value)" }
      + body.split(separator: "\n").map(String.init)
  }
}

extension JSONValue {
  /// The document with a line for each value, two spaces deeper inside of one.
  fileprivate func spread(_ margin: String = "") -> String {
    let inside = margin + "  "
    let (start, parts, end): (String, [String], String)
    switch self {
    case .object(let members):
      let sorted = members.sorted { $0.key < $1.key }
      (start, end) = ("{", "}")
      parts = sorted.map { "\(JSONValue.string($0).spread()): \($1.spread(inside))" }
    case .array(let elements):
      (start, end) = ("[", "]")
      parts = elements.map { $0.spread(inside) }
    case .null, .bool, .integer, .number, .string: return String(decoding: json, as: UTF8.self)
    }
    guard !parts.isEmpty else { return start + end }
    return "\(start)\n"
      + parts.map { inside + $0 }.joined(separator: ",\n") + "\n\(margin)\(end)"
  }
}

extension Delivery {
  /// How the answer is classed, in words.
  var summary: String {
    [verdict.rawValue, reason, messageId.map { "message \($0)" }].compactMap(\.self)
      .joined(separator: ", ")
  }
}
