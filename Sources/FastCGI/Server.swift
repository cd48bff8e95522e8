import Glibc

/// Receives requests, has them handled, and answers them.
///
/// Nothing that is sent to it ends it: a bad request costs only its own connection, and at most the
/// time of the limits. It prints nothing.
package struct Server: Sendable {
  private let limits: Limits
  private let lifetime: Lifetime
  private let webServers: WebServers

  /// A server that keeps these limits, as a worker lives so long, and listens to these web servers.
  package init(
    limits: Limits = .standard, lifetime: Lifetime = .endless, webServers: WebServers = .all
  ) {
    self.limits = limits
    self.lifetime = lifetime
    self.webServers = webServers
  }

  /// Serves by `transport`, and returns when there is nothing more to do.
  ///
  /// A worker returns after SIGTERM, SIGINT or SIGQUIT: within milliseconds if it waits, otherwise
  /// when the request in hand has been answered; and when its lifetime is over, between two
  /// connections. A connection and a CGI request end by themselves. Those
  /// signals are blocked in the calling thread from here on, SIGPIPE and SIGUSR1 are ignored, and
  /// SIGALRM belongs to the server.
  ///
  /// - Parameters:
  ///   - transport: How requests arrive.
  ///   - input: The descriptor that listens, is connected, or has the body. A connected one is
  ///     closed.
  ///   - output: The descriptor for the answer by CGI.
  ///   - overdue: Called on another thread when a request is in hand for longer than the limit, and
  ///     again each second until it has been handled.
  ///   - handle: Called for each request, on the calling thread, one at a time.
  /// - Throws: `ServerError` if serving is not possible, or no longer so.
  package func run(
    transport: Transport, input: Int32 = 0, output: Int32 = 1,
    overdue: @escaping @Sendable () -> Void = {}, handle: (Request) -> Response
  ) throws(ServerError) {
    let writer = try AnswerWriter()
    let signals = Self.blockStopSignals()
    let watchdog = try Watchdog()
    let watch = try HandlingWatch(limit: limits.handling, overdue: overdue)
    func watched(_ request: Request) -> Response { watch.bind { handle(request) } }
    switch transport {
    case .worker:
      let listener = try Listener(descriptor: input, stop: signals)
      for _ in 0..<lifetime.connections() {
        guard let arrival = try listener.next(within: lifetime.idle) else { return }
        serve(arrival.connection, writer, watchdog) { request in
          var request = request
          request.wasAwaited = arrival.wasAwaited
          return watched(request)
        }
      }
    case .connection:
      // Whoever accepted it may have made it non-blocking.
      _ = fcntl(input, F_SETFL, fcntl(input, F_GETFL) & ~O_NONBLOCK)
      serve(input, writer, watchdog, watched)
    case .cgi:
      let cgi = CGI(input: input, output: output, limits: limits, watchdog: watchdog)
      let request = cgi.receive(CGI.takeEnvironment())
      cgi.answer(watched(request))
      if case .tooLarge = request.body { cgi.drain() }
    }
  }

  private func serve(
    _ descriptor: Int32, _ writer: AnswerWriter, _ watchdog: Watchdog,
    _ handle: (Request) -> Response
  ) {
    var reader = RecordReader(descriptor: descriptor, limits: limits)
    guard webServers.admit(descriptor), let request = reader.request() else {
      close(descriptor)
      return
    }
    let response = handle(request)
    watchdog.bind(descriptor, to: limits.closing) {
      writer.write(response, to: descriptor, id: reader.id, isAtEnd: reader.isAtEnd)
    }
  }

  /// Blocks SIGTERM, SIGINT and SIGQUIT in the calling thread, and returns them: they are noticed only
  /// while nothing is in hand. multiwatch hands on the last one when it is told the first. SIGPIPE,
  /// SIGUSR1 and SIGXFSZ (a file that may not grow: an error of write(2)) are ignored.
  ///
  /// libfcgi installs handlers of its own when it starts, so this comes after it.
  static func blockStopSignals() -> sigset_t {
    for number in [SIGPIPE, SIGUSR1, SIGXFSZ] { signal(number, SIG_IGN) }
    var stop = sigset_t()
    sigemptyset(&stop)
    for number in [SIGTERM, SIGINT, SIGQUIT] {
      signal(number, SIG_DFL)
      sigaddset(&stop, number)
    }
    pthread_sigmask(SIG_BLOCK, &stop, nil)
    return stop
  }
}

/// Why a server cannot go on, with the `errno`; nothing that a client does is among them.
package enum ServerError: Error, Equatable {
  /// libfcgi did not start, with its code.
  case library(code: Int32)
  /// The pipe to libfcgi was refused.
  case pipe(errno: Int32)
  /// The timer that bounds slow clients was refused.
  case timer(errno: Int32)
  /// The listening socket takes no connection any more.
  case accept(errno: Int32)
}
