import HTTPClient
import JSON

/// One row of a profile's table of answers: the first that matches decides.
struct AnswerRule: Equatable, Sendable {
  fileprivate let statuses: ClosedRange<Int>
  /// Values of which one must stand at each place.
  private let body: [JSONPointer: [JSONValue]]
  /// Places where something must stand, whatever it is.
  private let has: [JSONPointer]
  /// Whether the message's own id must stand somewhere in the body.
  private let namesId: Bool
  private let messageId: JSONPointer?
  /// Where the provider's code may stand: the first that is there counts.
  private let reason: [JSONPointer]
  /// Nil where the status tells what it means, as without a rule.
  let verdict: Verdict?

  /// What an answer means by a rule; nil for the verdict where the status tells.
  typealias Match = (verdict: Verdict?, messageId: String?, reason: String?)

  /// Reads a row strictly.
  init(_ reader: StrictReader) throws(DocumentError) {
    let members = try reader.members([
      "status", "body", "has", "namesId", "messageId", "reason", "is",
    ])
    statuses = try members["status"].map(Self.statuses) ?? 0...Int.max
    body = try Self.body(members["body"])
    has = try members["has"]?.pointers() ?? []
    namesId = try members["namesId"]?.bool() ?? false
    messageId = try members["messageId"]?.pointer()
    reason = try members["reason"]?.pointers() ?? []
    verdict = try members["is"]?.choice()
    if verdict == nil, reason.isEmpty { throw reader.error("expected \"is\", \"reason\" or both") }
  }

  private static func statuses(_ reader: StrictReader) throws(DocumentError) -> ClosedRange<Int> {
    if case .integer(let code) = reader.value, 100..<600 ~= code { return Int(code)...Int(code) }
    let classes = (1...5).map { ("\($0)xx", $0 * 100) }
    guard let first = classes.first(where: { .string($0.0) == reader.value })?.1 else {
      throw reader.error("expected a status such as 200, or a class such as \"2xx\"")
    }
    return first...first + 99
  }

  private static func body(
    _ reader: StrictReader?
  ) throws(DocumentError) -> [JSONPointer: [JSONValue]] {
    var body: [JSONPointer: [JSONValue]] = [:]
    for (key, value) in try reader?.entries() ?? [] {
      guard let pointer = JSONPointer(key) else { throw value.error(notPointer) }
      if case .array(let values) = value.value {
        body[pointer] = values
      } else {
        body[pointer] = [value.value]
      }
    }
    return body
  }

  /// Whether the row wants to see the body before it matches.
  fileprivate var readsBody: Bool { !body.isEmpty || !has.isEmpty || namesId || messageId != nil }

  /// What the answer means by this rule; nil when the rule does not match it.
  ///
  /// - Parameter id: the message's, for a row that looks for it.
  fileprivate func match(status: Int, _ answer: AnswerBody, id: String) -> Match? {
    guard statuses ~= status, has.allSatisfy(answer.has), !namesId || answer.holds(id),
      body.allSatisfy({ answer.has($0.value, at: $0.key) })
    else { return nil }
    let found = messageId.flatMap(answer.word)
    guard messageId == nil || found != nil else { return nil }
    return (verdict, found, reason.lazy.compactMap(answer.word).first)
  }
}

/// A profile's table of answers.
extension [AnswerRule] {
  /// What the first row that matches an answer says; nil when none does.
  ///
  /// - Parameter id: the message's, for rows that look for it.
  func match(_ answer: HTTPResponse, id: String) -> AnswerRule.Match? {
    let body = AnswerBody(answer.body)
    guard answer.bodyFailure == nil, !body.breaksOff else {
      return match(unreadWithStatus: answer.status)
    }
    return lazy.compactMap { $0.match(status: answer.status, body, id: id) }.first
  }

  /// Of a body that broke nobody knows which row it would have matched: those that may have been the
  /// first speak where all of them say the same.
  private func match(unreadWithStatus status: Int) -> AnswerRule.Match? {
    let possible = filter { $0.statuses ~= status }
    guard let sure = possible.firstIndex(where: { !$0.readsBody }) else { return nil }
    let verdict = possible[sure].verdict
    return possible[...sure].allSatisfy { $0.verdict == verdict } ? (verdict, nil, nil) : nil
  }
}

private let notPointer = "expected a JSON pointer such as \"/message/uuid\""

extension StrictReader {
  /// A place in an answer.
  func pointer() throws(DocumentError) -> JSONPointer {
    guard case .string(let text) = value, let pointer = JSONPointer(text) else {
      throw error(notPointer)
    }
    return pointer
  }

  /// One pointer, or a list of them.
  func pointers() throws(DocumentError) -> [JSONPointer] {
    guard case .array = value else { return [try pointer()] }
    return try list { element throws(DocumentError) in try element.pointer() }
  }
}
