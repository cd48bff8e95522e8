import CFastCGI
import Glibc

/// One FastCGI connection, which carries one request.
///
/// We accept connections ourselves and hand libfcgi the connected descriptor. All calls of libfcgi
/// are here.
package final class Connection {
  /// libfcgi keeps pointers to it, so it has to stay where it is.
  private let request: UnsafeMutablePointer<FCGX_Request>

  /// Starts libfcgi, once a process.
  ///
  /// The corresponding C function is `FCGX_Init`.
  package static func startLibrary() throws(ServerError) {
    guard startCode == 0 else { throw .library(code: startCode) }
  }

  private static let startCode = FCGX_Init()

  /// Takes over a connected descriptor.
  ///
  /// `keepConnection` stops libfcgi from closing the descriptor when it tidies up before the first
  /// request. Without a listening socket it cannot accept a connection of its own.
  ///
  /// The corresponding C function is `FCGX_InitRequest`.
  package init(descriptor: Int32) {
    request = .allocate(capacity: 1)
    FCGX_InitRequest(request, -1, 0)
    request.pointee.ipcFd = descriptor
    request.pointee.keepConnection = 1
  }

  deinit { request.deallocate() }

  /// Receives the request, or returns nil if the client sent none that can be answered.
  ///
  /// After a bad start libfcgi closes the descriptor and tries to accept another, which fails with
  /// `EBADF`. Where parameters end too early, but between two of them, only the stream's error
  /// tells. The only role is that of a responder (FastCGI spec §6.2).
  ///
  /// The corresponding C function is `FCGX_Accept_r`.
  package func receive(limit: Int) -> Request? {
    guard FCGX_Accept_r(request) == 0, FCGX_GetError(request.pointee.in) == 0,
      request.pointee.role == 1, let entries = request.pointee.envp
    else { return nil }
    let strings = sequence(first: entries) { $0 + 1 }.lazy.map(\.pointee).prefix { $0 != nil }
    let texts = strings.map { text in
      UnsafeRawBufferPointer(start: text, count: text.map { strlen($0) } ?? 0)
    }
    return Request(parameters: Request.parameters(of: texts), limit: limit, read: read)
  }

  /// Reads up to `count` bytes of the body, and one more, to see its end.
  ///
  /// The corresponding C functions are `FCGX_GetStr` and `FCGX_Detach`.
  private func read(_ count: Int) -> [UInt8] {
    let bytes = [UInt8](unsafeUninitializedCapacity: count + 1) { buffer, filled in
      filled = buffer.withMemoryRebound(to: CChar.self) {
        Int(FCGX_GetStr($0.baseAddress, Int32($0.count), request.pointee.in))
      }
    }
    // With nothing left to read, no reset can overtake the answer: libfcgi need not wait until the
    // web server has closed its end, as it does for a connection that is not detached.
    if bytes.count == count { FCGX_Detach(request) }
    return bytes
  }

  /// Sends an answer, as far as the client takes it, and closes the connection.
  ///
  /// It is closed even if the client asked to keep it (FastCGI spec §5.1, FCGI_KEEP_CONN), which
  /// every web server has to bear.
  ///
  /// The corresponding C functions are `FCGX_PutStr` and `FCGX_Finish_r`.
  package func answer(_ response: Response) {
    response.serialized().withUnsafeBytes { bytes in
      _ = FCGX_PutStr(
        bytes.assumingMemoryBound(to: CChar.self).baseAddress, Int32(bytes.count),
        request.pointee.out)
    }
    request.pointee.keepConnection = 0
    FCGX_Finish_r(request)
  }

  /// Closes the connection without an answer; does nothing if it is closed.
  ///
  /// The corresponding C function is `FCGX_Free`.
  package func close() {
    FCGX_Free(request, 1)
  }
}
