import FoundationEssentials
import JSON

/// The body of a webhook as sent: every field may be absent, null or of the wrong type.
package struct WebhookPayload: Decodable, Sendable {
  private let root: PayloadValue

  /// Reads the body; only what is no JSON object at all is refused.
  ///
  /// Throws `notJSON` for an empty, truncated or otherwise broken body and for one that is not
  /// UTF-8, `notAnEvent` for JSON that is no object or is nested too deep. A broken
  /// escape or number (`"\q"`, `01`) makes only its own value unreadable.
  package init(json: [UInt8]) throws(PayloadError) {
    // RFC 8259 §8.1. The decoder would read UTF-16, where each brace comes with a zero byte, and
    // it looks into a string only when that is asked for.
    if json.contains(0) || String(validating: json, as: UTF8.self) == nil { throw .notJSON }
    guard JSONNesting.depth(of: json[...]) <= JSONNesting.limit else {
      throw .notAnEvent(path: "", expected: "at most \(JSONNesting.limit) levels of nesting")
    }
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(json))
    } catch {
      throw .notJSON
    }
    guard case .object = root else { throw .notAnEvent(path: "", expected: "a JSON object") }
  }

  /// Reads any value; the decoder fails only on broken syntax.
  package init(from decoder: any Decoder) throws {
    root = try PayloadValue(from: decoder)
  }

  /// What stands at the first of `path`'s spellings that holds text; else `unreadable` if any of
  /// them does not hold what it should, else `nothing`.
  func value(at path: EventPath) -> PayloadValue {
    var found = PayloadValue.nothing
    for spelling in path.spellings {
      switch root.value(at: spelling) {
      case .text(let text): return .text(text)
      case .object, .unreadable: found = .unreadable
      case .nothing: continue
      }
    }
    return found
  }
}
