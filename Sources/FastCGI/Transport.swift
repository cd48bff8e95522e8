import Glibc

/// How requests reach this process, told by what descriptor 0 is.
package enum Transport: Sendable {
  /// A listening socket: connection after connection (spawn-fcgi, supervisord, systemd).
  case worker
  /// A connected socket: that one connection (systemd with `Accept=yes`, inetd).
  case connection
  /// A CGI environment: that one request (fcgiwrap).
  case cgi

  /// The transport; nil when a person has started the program by hand.
  ///
  /// A socket that systemd passes as descriptor 3 becomes descriptor 0 (sd_listen_fds(3)).
  package static func detect(environment: [String: String]) -> Transport? {
    if environment["LISTEN_PID"] == String(getpid()), Int(environment["LISTEN_FDS"] ?? "") ?? 0 > 0
    {
      dup2(3, STDIN_FILENO)
      close(3)
    }
    switch isListening(STDIN_FILENO) {
    case true?: return .worker
    case false?: return .connection
    case nil: return environment["GATEWAY_INTERFACE"] == nil ? nil : .cgi
    }
  }

  /// Nil when the descriptor is no socket.
  private static func isListening(_ descriptor: Int32) -> Bool? {
    var flag: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    let result = getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &flag, &length)
    return result == 0 ? flag != 0 : nil
  }
}
