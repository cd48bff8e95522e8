import FastCGI
import FoundationEssentials
import JSON

/// A request to a fake provider as one document, `{"path": […], "query": {…}, "body": …}`, so that a
/// JSON pointer leads to everything in it.
struct FakeRequest {
  let path: [Substring]
  private let document: JSONValue
  private let request: Request

  /// Nil for a body that is neither JSON nor a form, or says that it is something else; a GET has none.
  init?(_ request: Request) {
    guard case .complete(let bytes) = request.body else { return nil }
    let body: JSONValue? =
      switch request.header("Content-Type") {
      case "application/json": JSONValue(bytes)
      case "application/x-www-form-urlencoded": fields(String(decoding: bytes, as: UTF8.self))
      default: request.method == "GET" ? .null : nil
      }
    guard let body, let query = fields(request.parameters["QUERY_STRING"] ?? "") else { return nil }
    path = (request.parameters["DOCUMENT_URI"] ?? "").split(separator: "/")
    document = [
      "path": .array(path.map { .string(String($0)) }), "query": query, "body": body,
    ]
    self.request = request
  }

  /// Whether the header is there and goes on behind what the dialect says: `apikey: `.
  func hasKey(_ key: String) -> Bool {
    guard let colon = key.firstRange(of: ": ") else { return false }
    let value = request.header(String(key[..<colon.lowerBound])) ?? ""
    let start = key[colon.upperBound...]
    return value.hasPrefix(start) && value.count > start.count
  }

  func text(_ pointer: String?) -> String? { value(pointer)?.text }

  private func value(_ pointer: String?) -> JSONValue? {
    pointer.flatMap { JSONPointer($0) }?.value(in: document)
  }

  /// The message in it, where the dialect says, as one that was taken.
  func message(_ dialect: Dialect) -> Received {
    let id = text(dialect[.id]) ?? ""
    return Received(
      id: dialect[.idAfter].map { id.replacing($0, with: "") } ?? id,
      recipient: (text(dialect[.recipient]) ?? "").filter { "0"..."9" ~= $0 },
      template: text(dialect[.template]) ?? "", values: values(dialect), status: Received.taken)
  }

  private func values(_ dialect: Dialect) -> [String] {
    switch value(dialect[.values]) {
    case .array(let elements):
      let pointer = JSONPointer(dialect[.value] ?? "")
      return elements.dropFirst(dialect[.valuesFrom].flatMap { Int($0) } ?? 0).compactMap {
        pointer?.value(in: $0)?.text
      }
    case .object(let members):
      return members.sorted { Int($0.key) ?? 0 < Int($1.key) ?? 0 }.compactMap(\.value.text)
    case .string(let text): return [text]
    case .null, .bool, .integer, .number, nil: return []
    }
  }
}

/// The fields of a form or a query by name; one that holds JSON counts as what it holds.
private func fields(_ form: String) -> JSONValue? {
  guard let items = URLComponents(string: "?" + form, encodingInvalidCharacters: false)?.queryItems
  else { return form.isEmpty ? [:] : nil }
  let pairs = items.map { item in
    let text = item.value ?? ""
    let held = text.hasPrefix("{") || text.hasPrefix("[") ? JSONValue(Array(text.utf8)) : nil
    return (item.name, held ?? .string(text))
  }
  return .object(Dictionary(pairs) { $1 })
}
