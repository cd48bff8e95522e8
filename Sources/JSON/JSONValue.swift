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

  /// Parses a document; nil when it is not JSON or nested too deep.
  package init?(_ bytes: [UInt8]) {
    self.init(json: bytes[...])
  }

  /// Parses a document in JSON5; nil also for a number that JSON cannot write (`Infinity`, `NaN`).
  ///
  /// The decoder reads a number that ends the text beyond it, and ends the process over what stands
  /// there by chance: a newline stops it.
  package init?(json5 bytes: [UInt8]) {
    guard JSONNesting.isSafe(json5: bytes[...]) else { return nil }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      self = try decoder.decode(JSONValue.self, from: Data(bytes + [UInt8(ascii: "\n")]))
    } catch {
      return nil
    }
  }

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

extension JSONValue: JSONReadable {
  package init(json: JSONNode) throws(JSONMismatch) {
    switch json.kind {
    case .null: self = .null
    case .yes: self = .bool(true)
    case .no: self = .bool(false)
    case .number:
      self = try (json.integer.map(Self.integer) ?? json.double.map(Self.number)).orMismatch
    case .string: self = .string(try json.text.orMismatch)
    case .array: self = .array(try [JSONValue](json: json))
    case .object: self = .object(try [String: JSONValue](json: json))
    }
  }
}

extension JSONValue: JSONWritable {
  package func write(to json: inout JSONWriter) {
    switch self {
    case .null: json.write(word: "null")
    case .bool(let value): value.write(to: &json)
    case .integer(let value): value.write(to: &json)
    case .number(let value): value.write(to: &json)
    case .string(let value): json.write(value)
    case .array(let value): json.array(value)
    case .object(let value): value.write(to: &json)
    }
  }
}

/// For what Foundation reads: JSON5, and lists of values in the project's own files.
extension JSONValue: Decodable {
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
}

/// The value, or nil where a decoder says that it is of another type.
private func attempt<Value>(_ decode: () throws -> Value) -> Value? {
  do {
    return try decode()
  } catch {
    return nil
  }
}
