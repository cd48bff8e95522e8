import Glibc

/// How requests reach this process.
package enum Transport: Equatable, Sendable {
  /// Descriptor 0 listens: one connection after another (FastCGI spec §2.2).
  case worker

  /// Descriptor 0 is one connection that somebody else has accepted.
  case connection

  /// The environment and descriptor 0 are one request (RFC 3875).
  case cgi
}

extension Transport {
  /// Tells the transport from what this process was started with, or nil if it is none.
  ///
  /// A socket that systemd passes as descriptor 3 is first moved to descriptor 0.
  /// `GATEWAY_INTERFACE` comes before a connected socket, since some web servers run CGI programs
  /// on one.
  package static func detect(environment: [String: String]) -> Transport? {
    if socketIsPassed(environment, to: getpid()) {
      dup2(3, 0)
      close(3)
    }
    return Transport(descriptor: 0, environment: environment)
  }

  /// Whether systemd passed a socket to the process `pid` (sd_listen_fds(3)).
  ///
  /// Without the check of `LISTEN_PID` a variable meant for a parent would be believed.
  static func socketIsPassed(_ environment: [String: String], to pid: pid_t) -> Bool {
    guard let count = environment["LISTEN_FDS"].flatMap({ Int($0) }) else { return false }
    return count >= 1 && environment["LISTEN_PID"] == String(pid)
  }

  /// Tells the transport from a descriptor and the environment, or nil if it is none.
  init?(descriptor: Int32, environment: [String: String]) {
    if Self.listens(descriptor) {
      self = .worker
    } else if environment["GATEWAY_INTERFACE"] != nil {
      self = .cgi
    } else if Self.hasPeer(descriptor) {
      self = .connection
    } else {
      return nil
    }
  }

  private static func listens(_ descriptor: Int32) -> Bool {
    var value: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &value, &size) == 0 && value != 0
  }

  private static func hasPeer(_ descriptor: Int32) -> Bool {
    var address = sockaddr()
    var size = socklen_t(MemoryLayout<sockaddr>.size)
    return withUnsafeMutablePointer(to: &address) {
      getpeername(descriptor, __SOCKADDR_ARG(__sockaddr__: $0), &size) == 0
    }
  }
}
