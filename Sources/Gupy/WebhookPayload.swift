import JSON

/// The body of a webhook as sent: every field may be absent, null or of the wrong type.
package struct WebhookPayload: Sendable {
  private let root: JSONNode
  /// The member in which the candidate stands.
  private let candidate: String

  /// Reads the body, in whatever encoding it came; only what is no JSON object at all is refused.
  ///
  /// Throws `notJSON` for an empty, truncated or otherwise broken body, `notAnEvent` for JSON that is
  /// no object or is nested too deep. A broken escape, character or number (`"\q"`, `01`) makes only
  /// its own value unreadable.
  package init(json: [UInt8]) throws(PayloadError) {
    do throws(JSONSyntaxError) {
      root = try JSONDocument(BodyText(json).utf8[...], .forgiving).root
    } catch {
      switch error {
      case .broken: throw .notJSON
      case .tooDeep:
        throw .notAnEvent(
          path: "", expected: "at most \(JSONDocument.depthLimit) levels of nesting")
      }
    }
    guard root.kind == .object else { throw .notAnEvent(path: "", expected: "a JSON object") }
    candidate = Self.candidate(in: root)
  }

  private static let candidate = "candidate"

  /// `manualCandidate` where it says something and `candidate` nothing: Gupy's API has it so for those
  /// whom the company added. The two are never mixed, for they may be two people.
  private static func candidate(in root: JSONNode) -> String {
    func says(_ candidate: String) -> Bool {
      EventObject.candidate.members.contains { member in
        let value = PayloadValue.all(in: root, at: ["data", candidate, member.name]).last
        return value?.text != nil || value?.problem == .tooLong
      }
    }
    return !says(candidate) && says("manualCandidate") ? "manualCandidate" : candidate
  }

  /// What stands at each place of a field, as `PayloadValue.all` says it.
  func values(of field: EventField) -> [[PayloadValue]] { field.places.map(values) }

  private func values(at place: [String]) -> [PayloadValue] {
    let isManual = candidate != Self.candidate && place.contains(Self.candidate)
    let actual = isManual ? place.map { $0 == Self.candidate ? candidate : $0 } : place
    return PayloadValue.all(in: root, at: actual)
  }

  /// What stands at the first of a field's places that holds text; else what is wrong with the first
  /// of them that does not hold what it should, else `nothing`.
  func value(of field: EventField) -> PayloadValue {
    Self.value(among: field.places.lazy.map(values))
  }

  static func value(among places: some Sequence<[PayloadValue]>) -> PayloadValue {
    var found = PayloadValue.nothing
    for value in places.lazy.compactMap(\.last) {
      if value.text != nil { return value }
      if found == .nothing { found = value }
    }
    return found
  }
}

/// Why a body is no webhook. It never carries a value of the body.
package enum PayloadError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The body is not JSON (RFC 8259), however it is packed and encoded.
  case notJSON
  /// The body is JSON, but at `path` (as Gupy spells it; empty for the whole body) there is not
  /// what every event has; `expected` says in short English what that is.
  case notAnEvent(path: String, expected: String)

  /// A few words for the operator.
  package var description: String {
    switch self {
    case .notJSON: "not JSON"
    case .notAnEvent(let path, let expected): "\(path): expected \(expected)"
    }
  }
}
