/// The bounds that a server keeps whatever its client does.
package struct Limits: Equatable, Sendable {
  /// The largest request body that is read, in bytes.
  var body = 1_048_576

  /// The most that all parameters may take, in bytes as they are sent. nginx cannot send as much
  /// unless `large_client_header_buffers` is a hundred times what it is.
  var parameters = 1_048_576

  /// The time in which all parameters have to arrive, and the longest pause after them. A web server
  /// has them before it connects.
  var prompt = Duration.seconds(2)

  /// The time in which one whole body has to arrive.
  var receive = Duration.seconds(10)

  /// The time in which a request has to be handled: nginx waits as long for the answer.
  var handling = Duration.seconds(28)

  /// The time in which a client has to take the answer and close its end.
  var closing = Duration.seconds(2)

  /// As said above.
  package static let standard = Limits()
}
