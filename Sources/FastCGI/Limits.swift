/// The bounds that a server keeps whatever its client does.
package struct Limits: Equatable, Sendable {
  /// The largest request body that is read, in bytes.
  package var body: Int

  /// The time in which one whole request, parameters and body, has to arrive.
  package var receive: Duration

  /// The time in which a request has to be handled: nginx waits as long for the answer.
  package var handling: Duration

  /// The time in which a client has to take the answer and close its end.
  package var closing: Duration

  /// Limits of one mebibyte, 10, 28 and 2 seconds unless told otherwise.
  package init(
    body: Int = 1_048_576, receive: Duration = .seconds(10), handling: Duration = .seconds(28),
    closing: Duration = .seconds(2)
  ) {
    self.body = body
    self.receive = receive
    self.handling = handling
    self.closing = closing
  }
}
