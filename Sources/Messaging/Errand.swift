import HTTPClient

/// What is to be asked of a provider for one message, with nothing missing.
package enum Errand: Sendable {
  /// One request hands the message of this id over.
  case direct(HTTPRequest, id: String)
  /// A request comes first, whose answer the message's own request needs.
  case prepared(by: HTTPRequest, Message)
}
