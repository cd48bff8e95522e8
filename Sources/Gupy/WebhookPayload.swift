import JSON

/// The body of a webhook as sent: every field may be absent, null or of the wrong type.
package struct WebhookPayload: Sendable {
  private let root: JSONNode
  /// Where the candidate stands.
  private let candidate: PayloadField

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
        throw .notAnEvent(path: "", expected: "at most \(JSONDocument.depthLimit) levels of nesting")
      }
    }
    guard root.kind == .object else { throw .notAnEvent(path: "", expected: "a JSON object") }
    candidate = Self.candidate(in: root)
  }

  /// `manualCandidate` where it says something and `candidate` nothing: Gupy's API has it so for those
  /// whom the company added. The two are never mixed, for they may be two people.
  private static func candidate(in root: JSONNode) -> PayloadField {
    let fields: [PayloadField] = [.name, .lastName, .email, .identificationDocument, .mobileNumber]
    func says(_ candidate: PayloadField) -> Bool {
      fields.contains {
        switch PayloadValue(in: root, at: [.data, candidate, $0]) {
        case .text, .damaged, .tooLong: true
        case .nothing, .unreadable: false
        }
      }
    }
    return !says(.candidate) && says(.manualCandidate) ? .manualCandidate : .candidate
  }

  /// What stands at the first of `path`'s spellings that holds text; else what is wrong with the first
  /// of them that does not hold what it should, else `nothing`.
  func value(at path: EventPath) -> PayloadValue {
    var found = PayloadValue.nothing
    for spelling in path.spellings {
      let value = PayloadValue(in: root, at: actual(spelling))
      switch value {
      case .text, .damaged: return value
      case .unreadable, .tooLong: if found == .nothing { found = value }
      case .nothing: continue
      }
    }
    return found
  }

  /// All that stands at `path`'s spellings, once for each of several members with one name.
  func values(at path: EventPath) -> [PayloadValue] {
    path.spellings.flatMap { PayloadValue.all(in: root, at: actual($0)) }
  }

  /// Whether members with one name, on the way to one spelling of `path` or at its end, make it mean
  /// two things.
  func isAmbiguous(_ path: EventPath) -> Bool {
    path.spellings.contains { spelling in
      let values = PayloadValue.all(in: root, at: actual(spelling))
      return values.contains { !$0.isSame(as: values[0]) }
    }
  }

  private func actual(_ spelling: [PayloadField]) -> [PayloadField] {
    spelling.map { $0 == .candidate ? candidate : $0 }
  }
}
