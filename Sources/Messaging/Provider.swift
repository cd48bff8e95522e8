import HTTPClient
import JSON

/// A profile with one customer's settings and secrets: ready to send.
package struct Provider: Sendable {
  /// What the provider's API looks like.
  package let profile: ProviderProfile
  private var values: Values
  /// What stands before every path; of two slashes where they meet, one is sent.
  package private(set) var baseURL: String
  private let caFile: String?

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
}

/// A message that a provider can be asked to send: nothing is missing in it.
package struct PendingMessage: Sendable {
  let message: Message
  /// What is asked first: to send it, or what the profile has to know before.
  package let request: HTTPRequest
}

extension Provider {
  /// The message with what is to be asked for it.
  ///
  /// - Throws: the names of required placeholders without a value.
  package func pending(_ message: Message) throws(MissingValues) -> PendingMessage {
    guard let prepare = profile.prepare else {
      return PendingMessage(message: message, request: try request(for: message))
    }
    // Everything but what the preparation is going to give must be there.
    _ = try request(for: message, prepared: prepare.given { _ in "later" })
    let first = try prepare.request(
      base: baseURL, message.values(over: values), message.parameters)
    return PendingMessage(message: message, request: first)
  }

  /// The requests for a message as a person may see them: secrets are hidden, and what the first
  /// one's answer gives is named.
  ///
  /// - Throws: the names of required placeholders without a value.
  package func preview(_ message: Message) throws(MissingValues) -> [HTTPRequest] {
    var shown = self
    let set = profile.secrets.filter { values[$0.key] != nil }
    shown.values = values.merging(set.mapValues { _ in "HIDDEN" })
    // The address itself may be a secret.
    if try baseURL == profile.base.address(values) {
      shown.baseURL = try profile.base.address(shown.values)
    }
    guard let prepare = profile.prepare else { return [try shown.request(for: message)] }
    let send = try shown.request(for: message, prepared: prepare.given { "<\($0)>" })
    return [try shown.pending(message).request, send]
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
    _ pending: PendingMessage, with client: HTTPClient, limits: HTTPLimits = HTTPLimits(),
    observe: (HTTPResponse) -> Void = { _ in }
  ) -> Delivery {
    let id = pending.message.id
    guard let prepare = profile.prepare else {
      return ask(pending.request, profile.send, id, client, limits, observe)
    }
    let start = ContinuousClock.now
    var second: HTTPRequest?
    let prepared = ask(pending.request, prepare, id, client, limits) { answer in
      observe(answer)
      guard let given = prepare.given(by: AnswerBody(answer.body)) else { return }
      second = whole { () throws(MissingValues) in
        try request(for: pending.message, prepared: given)
      }
    }
    guard prepared.verdict == .accepted else { return prepared.withNothingSent }
    guard let second else { return Delivery(.unavailable, reason: "unprepared") }
    var limits = limits
    limits.total -= ContinuousClock.now - start
    return ask(second, profile.send, id, client, limits, observe)
  }

  /// Asks what became of a message that may have been sent; nil when the profile cannot ask.
  ///
  /// Only what a rule of the profile says is believed: that a question failed says nothing of the
  /// message.
  package func confirm(
    _ id: String, with client: HTTPClient, limits: HTTPLimits = HTTPLimits()
  ) -> Delivery? {
    guard let confirm = profile.confirm,
      let request = whole({ () throws(MissingValues) in
        try confirm.request(base: baseURL, values.merging(["id": .string(id)]))
      })
    else { return nil }
    let delivery = ask(request, confirm, id, client, limits, otherwise: .unconfirmed)
    return delivery.httpStatus == nil ? Delivery(.unconfirmed, reason: delivery.reason) : delivery
  }

  /// Asks whether the provider is there, and where the profile has a `probe`, whether account and key are
  /// good. Nothing is sent and nothing changes.
  ///
  /// Without a probe the host is asked for its front page, without key or message: whatever it answers,
  /// it is there, and its certificate is trusted.
  ///
  /// - Returns: the answer, and what the probe's table makes of it: accepted, misconfigured, or anything
  ///   else where it does not tell; nil without a probe.
  /// - Throws: why there is no answer; nothing of the address.
  package func probe(
    with client: HTTPClient
  ) throws(HTTPError) -> (answer: HTTPResponse, says: Delivery?) {
    guard let probe = profile.probe,
      let request = whole({ () throws(MissingValues) in try probe.request(base: baseURL, values) })
    else {
      // What stands behind scheme, host and port may be a secret.
      let parts = baseURL.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
      let front = parts.prefix(3).joined(separator: "/") + "/"
      let request = HTTPRequest(method: .get, url: front, headers: [], body: [])
      return (try client.send(request, caFile: caFile), nil)
    }
    let answer = try client.send(request, caFile: caFile)
    return (answer, Delivery(answer, rules: probe.answers).mapWords(hiding))
  }

  /// A request, or nil where something that it needs is not there, which a checked configuration does not
  /// let happen.
  private func whole(_ request: () throws(MissingValues) -> HTTPRequest) -> HTTPRequest? {
    do {
      return try request()
    } catch {
      return nil
    }
  }

  private func ask(
    _ request: HTTPRequest, _ call: Call, _ id: String, _ client: HTTPClient, _ limits: HTTPLimits,
    otherwise: Verdict? = nil, _ observe: (HTTPResponse) -> Void = { _ in }
  ) -> Delivery {
    do throws(HTTPError) {
      let answer = try client.send(request, limits: limits, caFile: caFile)
      observe(answer)
      return Delivery(answer, rules: call.answers, id: id, otherwise: otherwise).mapWords(hiding)
    } catch {
      switch error {
      case .notSent(let reason): return Delivery(.unavailable, reason: reason)
      case .noAnswer(let reason): return Delivery(.unconfirmed, reason: reason)
      }
    }
  }

  /// A text that the provider wrote, with `HIDDEN` in place of this customer's secrets, as they are or
  /// percent-encoded: an error page may quote the address, and that may hold one.
  package func hiding(_ text: String) -> String {
    let secrets = profile.secrets.keys.compactMap { values[$0]?.text }
      .filter { $0.utf8.count >= Self.shortestSecret }
    var hidden = Array(text.utf8)
    for spelling in secrets + secrets.map(\.percentEncoded) {
      let secret = Array(spelling.utf8)
      while let place = hidden[...].place(of: secret) {
        hidden.replaceSubrange(place..<place + secret.count, with: "HIDDEN".utf8)
      }
    }
    return String(decoding: hidden, as: UTF8.self)
  }

  /// Bytes; what is shorter stands everywhere by chance.
  private static let shortestSecret = 8
}
