/// Any JSON value: a profile's body, a setting, a provider's answer. Written in Swift it is
/// `["status": "success", "code": 61]`.
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

extension JSONValue: JSONConvertible {
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

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(Dictionary(members) { $1 })
  }
}
