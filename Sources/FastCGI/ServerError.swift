/// Why a server cannot go on; nothing that a client does is among them.
package enum ServerError: Error, Equatable {
  /// libfcgi did not start, with its code.
  case library(code: Int32)

  /// The pipe to libfcgi was refused, with the `errno`.
  case pipe(errno: Int32)

  /// The timer that bounds slow clients was refused, with the `errno`.
  case timer(errno: Int32)

  /// The listening socket takes no connection any more, with the `errno`.
  case accept(errno: Int32)
}
