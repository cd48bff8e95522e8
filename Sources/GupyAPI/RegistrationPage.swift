import JSON

/// One page of Gupy's list, in any of the three shapes that are met: `{results, totalPages}`,
/// `{data}`, or a bare array.
struct RegistrationPage: Equatable {
  let registrations: [Registration]
  /// Nil where the page does not say.
  let pages: Int?

  /// Nil for anything else, and for a page with an element that is no webhook: what cannot be read
  /// may be ours, and would be made a second time.
  init?(_ body: [UInt8]) {
    guard let document = JSONValue(body), let elements = document.elements else { return nil }
    registrations = elements.compactMap { Registration($0) }
    pages = document.at("/totalPages")?.text.flatMap { Int($0) }
    guard registrations.count == elements.count else { return nil }
  }
}

extension JSONValue {
  fileprivate var elements: [JSONValue]? {
    switch self {
    case .array(let elements): return elements
    case .object(let members):
      guard case .array(let elements) = members["results"] ?? members["data"] else { return nil }
      return elements
    case .null, .bool, .integer, .number, .string: return nil
    }
  }
}
