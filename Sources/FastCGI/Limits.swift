/// The bounds that a server keeps whatever its client does.
package struct Limits: Equatable, Sendable {
  /// The largest request body that is read, in bytes.
  package var body: Int

  /// The most that all parameters may take, in bytes as they are sent. nginx cannot send as much
  /// unless `large_client_header_buffers` is a hundred times what it is.
  package var parameters: Int

  /// The time in which all parameters have to arrive, and the longest pause after them. A web server
  /// has them before it connects.
  package var prompt: Duration

  /// The time in which one whole body has to arrive.
  package var receive: Duration

  /// The time in which a request has to be handled: nginx waits as long for the answer.
  package var handling: Duration

  /// The time in which a client has to take the answer and close its end.
  package var closing: Duration

  /// Limits of one mebibyte, two seconds to say something, ten for it all, 28 to handle it, and two to
  /// take the answer, unless told otherwise.
  package init(
    body: Int = 1_048_576, parameters: Int = 1_048_576, prompt: Duration = .seconds(2),
    receive: Duration = .seconds(10), handling: Duration = .seconds(28),
    closing: Duration = .seconds(2)
  ) {
    self.body = body
    self.parameters = parameters
    self.prompt = prompt
    self.receive = receive
    self.handling = handling
    self.closing = closing
  }
}
