import Glibc

/// One request by CGI (RFC 3875): parameters from the environment, the body from a descriptor.
struct CGI {
  /// The descriptor of the body, 0 (RFC 3875 §4.2).
  let input: Int32
  /// The descriptor of the answer, 1 (RFC 3875 §6.1).
  let output: Int32
  let limits: Limits
  let watchdog: Watchdog

  /// The environment of this process, which holds the meta-variables (RFC 3875 §4.1), and from which
  /// `HTTP_PROXY` is dropped for good.
  ///
  /// A client that sends the header `Proxy` sets this variable (RFC 3875 §4.1.18), and HTTP
  /// libraries would believe it.
  static func takeEnvironment() -> [String: String] {
    unsetenv("HTTP_PROXY")
    return ProcessEnvironment.variables()
  }

  /// Receives the request; what does not arrive before the watchdog is missing in its body.
  func receive(_ environment: [String: String]) -> Request {
    watchdog.bind(input, to: limits.receive) {
      Request(parameters: Parameters(environment), limit: limits.body) { count in
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
          filled = transfer(buffer.count) { done, rest in
            Glibc.read(input, buffer.baseAddress.map { $0 + done }, rest)
          }
        }
      }
    }
  }

  /// Reads and forgets what is left of the input, until its end or the watchdog.
  ///
  /// A script need not read its input (RFC 3875 §4.2), but fcgiwrap gives up an answer when it
  /// cannot hand over the whole body.
  func drain() {
    watchdog.bind(input, to: limits.closing) {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while !watchdog.isOver, Glibc.read(input, &buffer, buffer.count) > 0 {}
    }
  }

  /// Sends the answer, as far as the web server takes it before the watchdog.
  func answer(_ response: Response) {
    watchdog.bind(output, to: limits.closing) {
      response.serialized().withUnsafeBytes { bytes in
        _ = transfer(bytes.count) { done, rest in
          Glibc.write(output, bytes.baseAddress.map { $0 + done }, rest)
        }
      }
    }
  }

  /// Repeats a system call until `count` bytes are through, and returns how many were.
  private func transfer(_ count: Int, _ call: (_ done: Int, _ rest: Int) -> Int) -> Int {
    var done = 0
    while done < count, !watchdog.isOver {
      let moved = call(done, count - done)
      if moved > 0 { done += moved } else if moved == 0 || errno != EINTR { break }
    }
    return done
  }
}
