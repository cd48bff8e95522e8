import JSON

/// The body of a webhook as sent: every field may be absent, null or of the wrong type.
package struct WebhookPayload: Sendable {
  private let root: JSONNode

  /// Reads the body; only what is no JSON object at all is refused.
  ///
  /// Throws `notJSON` for an empty, truncated or otherwise broken body and for one that is not
  /// UTF-8, `notAnEvent` for JSON that is no object or is nested too deep. A broken
  /// escape or number (`"\q"`, `01`) makes only its own value unreadable.
  package init(json: [UInt8]) throws(PayloadError) {
    do throws(JSONSyntaxError) {
      root = try JSONDocument(json[...]).root
    } catch {
      switch error {
      case .broken: throw .notJSON
      case .tooDeep:
        throw .notAnEvent(path: "", expected: "at most \(JSONNesting.limit) levels of nesting")
      }
    }
    guard root.kind == .object else { throw .notAnEvent(path: "", expected: "a JSON object") }
  }

  /// What stands at the first of `path`'s spellings that holds text; else `unreadable` if any of
  /// them does not hold what it should, else `nothing`.
  func value(at path: EventPath) -> PayloadValue {
    var found = PayloadValue.nothing
    for spelling in path.spellings {
      switch PayloadValue(in: root, at: spelling) {
      case .text(let text): return .text(text)
      case .unreadable: found = .unreadable
      case .nothing: continue
      }
    }
    return found
  }
}
