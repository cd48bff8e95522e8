import HTTPClient
import JSON

/// One webhook as Gupy's configuration API shows it. What it does not show is nil and says nothing.
package struct Registration: Equatable, Sendable {
  /// Digits, or whatever else Gupy takes for a name.
  package let id: String
  /// Which event it is for: `application.created`.
  package let action: String
  /// Where Gupy posts to.
  package let url: String
  /// `active` or `inactive`.
  package let status: String?
  /// Whom Gupy asks when the address fails.
  package let ownerName: String?
  /// Where Gupy writes to when the address fails.
  package let ownerEmail: String?
  /// What Gupy sends along, by lowercased name. Holds the secret.
  let headers: [String: String]?

  /// Nil for what lacks an id, an action or an address. Unknown members are ignored.
  package init?(_ value: JSONValue) {
    guard case .object(let members) = value, let id = members["id"]?.text,
      let action = members["action"]?.text, let url = members["postbackUrl"]?.text
    else { return nil }
    self.id = id
    self.action = action
    self.url = url
    status = members["status"]?.text
    ownerName = members["techOwnerName"]?.text
    ownerEmail = members["techOwnerEmail"]?.text
    headers = members["clientHeaders"]?.headers
  }

  /// Whether Gupy posts to it, as far as it says.
  package var isActive: Bool { status.map { $0.lowercased() == "active" } ?? true }

  /// Whether it brings an event that gatilho answers to this address.
  package func isOurs(at address: String) -> Bool {
    WantedRegistration.actions.contains(action) && Address.areSame(url, address)
  }

  /// Whether Gupy shows what it sends along.
  package var showsHeaders: Bool { headers != nil }

  /// The address for a person's eyes: another system's may hold a password or a key.
  package var shownURL: String {
    guard let parts = Address(url) else { return url.isEmpty ? "" : "(no address)" }
    let user = parts.user == nil ? "" : "…@"
    return parts.scheme + "://" + user + parts.place + (parts.query == nil ? "" : "?…")
  }
}

extension GupyAPI {
  /// Gupy's own limit of a page.
  private static let pageSize = 100
  /// Far beyond what anybody has.
  private static let pageLimit = 100

  /// All webhooks of the customer, each once, in Gupy's order.
  ///
  /// Where a page does not say how many there are, pages are asked for until one brings nothing new.
  package func list() throws(GupyAPIError) -> [Registration] {
    var all: [Registration] = []
    for number in 1...Self.pageLimit {
      let answer: HTTPResponse
      do throws(GupyAPIError) {
        let query = "?page=\(number)&perPage=\(Self.pageSize)&fields=all"
        answer = try persist(.get, "/webhooks" + query)
      } catch .notFound where number > 1 {
        break
      }
      guard let page = Registration.page(answer.body) else { throw .unreadable }
      let known = Set(all.map(\.id))
      let new = page.registrations.filter { !known.contains($0.id) }
      all += new
      guard !new.isEmpty, number < page.pages ?? .max else { break }
    }
    return all
  }

  /// Makes a webhook, unless a try that failed turns out to have made it.
  package func create(_ wanted: WantedRegistration) throws(GupyAPIError) {
    for number in 1... {
      do throws(GupyAPIError) {
        _ = try send(.post, "/webhooks", wanted.body)
        return
      } catch {
        guard error.mayHaveWorked else { throw error }
        let goesOn = waits(after: number, error)
        if try list().contains(where: wanted.isThere) { return }
        guard goesOn else { throw error }
      }
    }
  }

  /// Makes a webhook what is wanted, all of it.
  package func update(_ id: String, to wanted: WantedRegistration) throws(GupyAPIError) {
    _ = try persist(.put, "/webhooks/" + id, wanted.body)
  }

  /// Deletes a webhook; one that a failed try has deleted is not missed.
  package func delete(_ id: String) throws(GupyAPIError) {
    _ = try persist(.delete, "/webhooks/" + id)
  }
}

extension Registration {
  /// One page of Gupy's list, in any of the three shapes that are met: `{results, totalPages}`,
  /// `{data}`, or a bare array; `pages` is nil where it does not say how many there are.
  ///
  /// Nil for anything else, and for a page with an element that is no webhook: what cannot be read
  /// may be ours, and would be made a second time.
  static func page(_ body: [UInt8]) -> (registrations: [Registration], pages: Int?)? {
    guard let document = JSONValue(body), let elements = document.elements else { return nil }
    let registrations = elements.compactMap { Registration($0) }
    guard registrations.count == elements.count else { return nil }
    let pages = document.at("/totalPages")?.text
    return (registrations, pages.flatMap { Int($0) })
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

  /// Header fields by lowercased name; nil where there are none to see.
  fileprivate var headers: [String: String]? {
    guard case .object(let members) = self else { return nil }
    return Dictionary(members.map { ($0.key.lowercased(), $0.value.text ?? "") }) { $1 }
  }
}
