import FastCGI
import FoundationEssentials
import JSON

/// A request to a fake provider as one document, `{"path": […], "query": {…}, "body": …}`, so that a
/// JSON pointer leads to everything in it.
struct FakeRequest {
  /// The path's segments.
  let path: [Substring]
  private let document: JSONValue
  private let request: Request

  /// Nil for a body that is neither JSON nor a form, or says that it is something else; a GET has none.
  init?(_ request: Request) {
    guard case .complete(let bytes) = request.body else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    let body: JSONValue?
    switch request.header("Content-Type") {
    case "application/json": body = JSONValue(bytes)
    case "application/x-www-form-urlencoded": body = fields(text)
    default: body = request.method == "GET" ? .null : nil
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
    return value.hasPrefix(key[colon.upperBound...])
      && value.count > key[colon.upperBound...].count
  }

  /// The value at a place.
  func value(_ pointer: String?) -> JSONValue? {
    pointer.flatMap { JSONPointer($0) }?.value(in: document)
  }

  /// The text at a place.
  func text(_ pointer: String?) -> String? { value(pointer)?.text }
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
