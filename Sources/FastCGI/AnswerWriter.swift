import CFastCGI
import Glibc

/// Writes answers by libfcgi: its records, their end, and its way to close a connection.
///
/// libfcgi opens a writer only behind a request that it has read. The one it reads is ours, from a
/// pipe, a beginning without parameters; then it is given the connection to write to. All calls of
/// libfcgi are here.
package final class AnswerWriter {
  /// libfcgi keeps pointers to it, so it has to stay where it is.
  private let request: UnsafeMutablePointer<FCGX_Request>
  private let beginning: (reading: Int32, writing: Int32)

  /// Starts libfcgi, which is done once a process.
  ///
  /// The corresponding C functions are `FCGX_Init` and `FCGX_InitRequest`.
  package init() throws(ServerError) {
    guard Self.startCode == 0 else { throw .library(code: Self.startCode) }
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else { throw .pipe(errno: errno) }
    beginning = (ends[0], ends[1])
    request = .allocate(capacity: 1)
    FCGX_InitRequest(request, -1, 0)
  }

  private static let startCode = FCGX_Init()

  deinit {
    close(beginning.reading)
    close(beginning.writing)
    request.deallocate()
  }

  /// Sends an answer, as far as the client takes it, and closes the connection.
  ///
  /// It is closed even if the client asked to keep it (FastCGI spec §5.1, FCGI_KEEP_CONN), which
  /// every web server has to bear. With nothing left to read, no reset can overtake the answer:
  /// then libfcgi need not wait until the web server has closed its end.
  ///
  /// - Parameters:
  ///   - id: The number that the web server gave its request.
  ///   - isAtEnd: Whether all of the request has been read.
  ///
  /// The corresponding C functions are `FCGX_Detach`, `FCGX_PutStr` and `FCGX_Finish_r`.
  package func write(
    _ response: Response, to descriptor: Int32, id: UInt16, isAtEnd: Bool
  ) {
    guard begin(id) else {
      close(descriptor)
      return
    }
    request.pointee.ipcFd = descriptor
    request.pointee.keepConnection = 0
    if isAtEnd { FCGX_Detach(request) }
    response.serialized().withUnsafeBytes { bytes in
      _ = FCGX_PutStr(
        bytes.assumingMemoryBound(to: CChar.self).baseAddress, Int32(bytes.count),
        request.pointee.out)
    }
    FCGX_Finish_r(request)
  }

  /// Lets libfcgi read a beginning and the end of no parameters (FastCGI spec §5.1, §5.2).
  ///
  /// `keepConnection` stops it from closing the descriptor when it tidies up before it reads. After
  /// a bad start it would close the descriptor and try to accept another one, which fails, for it
  /// has no listening socket.
  ///
  /// The corresponding C function is `FCGX_Accept_r`.
  private func begin(_ id: UInt16) -> Bool {
    let (high, low) = (UInt8(id >> 8), UInt8(id & 0xFF))
    let records: [UInt8] = [
      1, 1, high, low, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
      1, 4, high, low, 0, 0, 0, 0,
    ]
    let isWritten = records.withUnsafeBytes {
      Glibc.write(beginning.writing, $0.baseAddress, $0.count) == $0.count
    }
    request.pointee.ipcFd = beginning.reading
    request.pointee.keepConnection = 1
    return isWritten && FCGX_Accept_r(request) == 0
  }
}
