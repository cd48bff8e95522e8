import FoundationEssentials

/// Any JSON value: a profile's body, a setting, a provider's answer.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Parses a document; nil when it is not JSON, nested too deep, or holds a number that JSON cannot
  /// write (JSON5's `Infinity` and `NaN`).
  package init?(_ bytes: [UInt8], allowsJSON5: Bool = false) {
    guard JSONNesting.isSafe(bytes[...], allowsJSON5: allowsJSON5) else { return nil }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = allowsJSON5
    do {
      self = try decoder.decode(JSONValue.self, from: Data(bytes))
    } catch {
      return nil
    }
  }

  /// The value as a document.
  package var encoded: [UInt8] { encodedJSON(self) }

  /// The text of a string, number or boolean; nil for null, arrays and objects.
  package var text: String? {
    switch self {
    case .string(let text): text
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .bool(let value): String(value)
    case .null, .array, .object: nil
    }
  }
}

extension JSONValue: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = Self.scalar(container) {
      self = value
    } else if let value = attempt({ try container.decode([JSONValue].self) }) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  private static func scalar(_ container: any SingleValueDecodingContainer) -> JSONValue? {
    attempt { .string(try container.decode(String.self)) }
      ?? attempt { .integer(try container.decode(Int64.self)) }
      ?? attempt { try container.decode(Double.self) }.flatMap { $0.isFinite ? .number($0) : nil }
      ?? attempt { .bool(try container.decode(Bool.self)) }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}

/// The value, or nil where a decoder says that it is of another type.
private func attempt<Value>(_ decode: () throws -> Value) -> Value? {
  do {
    return try decode()
  } catch {
    return nil
  }
}

/// A value as JSON: keys sorted, absent ones left out. What has no JSON form (infinity) is null.
package func encodedJSON(_ value: some Encodable) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  do {
    return try [UInt8](encoder.encode(value))
  } catch {
    return Array("null".utf8)
  }
}

/// A value from JSON; nil when the text is not safe to decode, no JSON, or not this value.
package func decodedJSON<Value: Decodable>(
  _ json: ArraySlice<UInt8>, as type: Value.Type = Value.self
) -> Value? {
  guard JSONNesting.isSafe(json) else { return nil }
  do {
    return try JSONDecoder().decode(type, from: Data(json))
  } catch {
    return nil
  }
}
