import FoundationEssentials
import Glibc

/// Takes requests, has each answered, and survives whatever a client does.
package struct Server {
  private let limits: Limits
  private let listener: Int32

  /// - Parameter listener: the socket of a worker, or the connection of a single request.
  package init(limits: Limits = Limits(), listener: Int32 = STDIN_FILENO) {
    self.limits = limits
    self.listener = listener
  }

  /// Serves until there is nothing more to serve: a worker until SIGTERM or SIGINT, which never cut
  /// a request in hand; the others for one request. `handle` is called on this thread.
  package func run(_ transport: Transport, handle: (Request) -> Response) throws(ServerError) {
    Signals.prepare()
    switch transport {
    case .worker: try serveAll(handle)
    case .connection: serve(listener, by: Connection(), handle)
    case .cgi: serveCGI(handle)
    }
  }

  /// Several workers share the socket: who comes late for a connection must not block.
  private func serveAll(_ handle: (Request) -> Response) throws(ServerError) {
    let flags = fcntl(listener, F_GETFL)
    guard flags >= 0, fcntl(listener, F_SETFL, flags | O_NONBLOCK) == 0 else {
      throw .badListener(errno: errno)
    }
    let connection = Connection()
    while Signals.waitForConnection(listener) {
      let descriptor = accept4(
        listener, __SOCKADDR_ARG(), nil, Int32(SOCK_CLOEXEC.rawValue))
      if descriptor >= 0 {
        serve(descriptor, by: connection, handle)
      } else if [EBADF, EINVAL, ENOTSOCK, EOPNOTSUPP].contains(errno) {
        throw .badListener(errno: errno)
      } else if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) {
        usleep(50_000)
      }
    }
  }

  private func serve(
    _ descriptor: Int32, by connection: Connection, _ handle: (Request) -> Response
  ) {
    var patience = timeval(tv_sec: limits.receive, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    let request = Signals.bounded(limits.receive) {
      connection.receive(descriptor).map {
        Request(parameters: $0, limit: limits.body, read: connection.read)
      }
    }
    if let request { connection.write(handle(request).serialized) }
    // A client that goes on sending could hold the worker here, too.
    Signals.bounded(2) { connection.finish() }
  }

  /// `HTTP_PROXY` would be the client's `Proxy` header: gone before an HTTP client can see it
  /// (httpoxy, CVE-2016-5385).
  private func serveCGI(_ handle: (Request) -> Response) {
    unsetenv("HTTP_PROXY")
    let parameters = ProcessInfo.processInfo.environment
    let request = Signals.bounded(limits.receive) {
      Request(parameters: parameters, limit: limits.body, read: CGI.read)
    }
    CGI.write(handle(request).serialized)
  }
}

/// Why a worker cannot go on.
package enum ServerError: Error, Equatable, Sendable {
  /// The listening socket is none, or was closed.
  case badListener(errno: Int32)
}
