import HTTPClient
import JSON

/// A profile with one customer's settings and secrets: ready to send.
package struct Provider: Sendable {
  /// What the provider's API looks like.
  package let profile: ProviderProfile
  private(set) var values: Values
  /// What stands before every path; of two slashes where they meet, one is sent.
  package private(set) var baseURL: String
  let caFile: String?

  /// - Parameters:
  ///   - values: settings and secrets by name; whatever the profile requires is there.
  ///   - baseURL: replaces the profile's own base.
  ///   - caFile: a PEM file of authorities that replaces the system's.
  /// - Throws: when the profile's base names a setting that has no value.
  package init(
    _ profile: ProviderProfile, values: [String: JSONValue], baseURL: String?, caFile: String?
  ) throws(MissingValues) {
    self.profile = profile
    self.values = Values(values)
    let ownBase = try profile.base.address(self.values)
    self.baseURL = baseURL ?? ownBase
    self.caFile = caFile
  }

  /// The settings and secrets that have this value.
  package func names(of value: JSONValue) -> [String] {
    (Array(profile.settings.keys) + profile.secrets.keys).filter { values[$0] == value }.sorted()
  }

  /// What is to be asked for a message.
  ///
  /// - Throws: the names of required placeholders without a value.
  package func errand(for message: Message) throws(MissingValues) -> Errand {
    guard let preparation = profile.prepare else {
      return .direct(try request(for: message), id: message.id)
    }
    // Everything but what the preparation is going to give must be there.
    let given = preparation.names.map { ($0, JSONValue.string("later")) }
    _ = try request(for: message, prepared: Dictionary(uniqueKeysWithValues: given))
    let first = try preparation.call.request(
      base: baseURL, message.values(over: values), message.parameters)
    return .prepared(by: first, message)
  }

  /// The requests for a message as a person may see them: secrets are hidden, and what the first
  /// one's answer gives is named.
  ///
  /// - Throws: the names of required placeholders without a value.
  package func preview(_ message: Message) throws(MissingValues) -> [HTTPRequest] {
    var shown = self
    let set = profile.secrets.filter { values[$0.key] != nil }
    let hidden = set.mapValues { _ in JSONValue.string("HIDDEN") }
    shown.values = values.merging(hidden)
    // The address itself may be a secret.
    if try baseURL == profile.base.address(values) {
      shown.baseURL = try profile.base.address(shown.values)
    }
    let later = (profile.prepare?.names ?? []).map { ($0, JSONValue.string("<\($0)>")) }
    let send = try shown.request(
      for: message, prepared: Dictionary(uniqueKeysWithValues: later))
    switch try shown.errand(for: message) {
    case .direct: return [send]
    case .prepared(let first, _): return [first, send]
    }
  }

  /// The request that hands the message over.
  ///
  /// - Parameter prepared: what the preparation gave, by placeholder.
  func request(
    for message: Message, prepared: [String: JSONValue] = [:]
  ) throws(MissingValues) -> HTTPRequest {
    let values = message.values(over: values).merging(prepared)
    return try profile.send.request(base: baseURL, values, message.parameters)
  }

  /// Hands a message over, once, and says what became of it; all its requests within `limits`.
  ///
  /// - Parameter observe: is shown each answer as it came.
  package func deliver(
    _ errand: Errand, with client: HTTPClient, limits: HTTPLimits = HTTPLimits(),
    observe: (HTTPResponse) -> Void = { _ in }
  ) -> Delivery {
    switch errand {
    case .direct(let request, let id):
      return ask(request, client, limits) { answer in
        observe(answer)
        return Delivery(answer, rules: profile.send.answers, id: id)
      }
    case .prepared(let first, let message):
      let start = ContinuousClock.now
      var second: HTTPRequest?
      let prepared = ask(first, client, limits) { answer in
        observe(answer)
        second = request(for: message, after: answer)
        return Delivery(answer, rules: profile.prepare?.call.answers ?? [], id: message.id)
      }
      guard prepared.verdict == .accepted else { return prepared.withNothingSent }
      guard let second else { return Delivery(.unavailable, reason: "unprepared") }
      var limits = limits
      limits.total -= ContinuousClock.now - start
      return deliver(
        .direct(second, id: message.id), with: client, limits: limits, observe: observe)
    }
  }

  /// The message's own request with what an answer gave; nil when something is missing in it.
  private func request(for message: Message, after answer: HTTPResponse) -> HTTPRequest? {
    guard let given = profile.prepare?.values(in: AnswerBody(answer.body)) else { return nil }
    do {
      return try request(for: message, prepared: given)
    } catch {
      return nil
    }
  }

  /// Asks what became of a message that may have been sent; nil when the profile cannot ask.
  ///
  /// Only what a rule of the profile says is believed: that a question failed says nothing of the
  /// message.
  package func confirm(
    _ id: String, with client: HTTPClient, limits: HTTPLimits = HTTPLimits()
  ) -> Delivery? {
    guard let confirm = profile.confirm else { return nil }
    do {
      let request = try confirm.request(base: baseURL, values.merging(["id": .string(id)]), [])
      let delivery = ask(request, client, limits) {
        Delivery($0, rules: confirm.answers, id: id, otherwise: .unconfirmed)
      }
      return delivery.httpStatus == nil ? Delivery(.unconfirmed, reason: delivery.reason) : delivery
    } catch {
      return nil
    }
  }

  private func ask(
    _ request: HTTPRequest, _ client: HTTPClient, _ limits: HTTPLimits,
    _ read: (HTTPResponse) -> Delivery
  ) -> Delivery {
    do throws(HTTPError) {
      return read(try client.send(request, limits: limits, caFile: caFile)).mapWords(hiding)
    } catch {
      switch error {
      case .notSent(let reason): return Delivery(.unavailable, reason: reason)
      case .noAnswer(let reason): return Delivery(.unconfirmed, reason: reason)
      }
    }
  }
}

extension Provider {
  /// A text that the provider wrote, with `HIDDEN` in place of this customer's secrets, as they are or
  /// percent-encoded: an error page may quote the address, and that may hold one.
  package func hiding(_ text: String) -> String {
    let secrets = profile.secrets.keys.compactMap { values[$0]?.text }
      .filter { $0.utf8.count >= Self.shortestSecret }
    let spellings = secrets + secrets.map(\.percentEncoded)
    let hidden = spellings.reduce(Array(text.utf8)) {
      $0.replacing(Array($1.utf8), with: Array("HIDDEN".utf8))
    }
    return String(decoding: hidden, as: UTF8.self)
  }

  /// Bytes; what is shorter stands everywhere by chance.
  private static let shortestSecret = 8
}
