import CFastCGI
import Glibc

/// One FastCGI connection at a time, by libfcgi. The one file that imports it.
final class Connection {
  /// libfcgi keeps pointers to it: the address must not change.
  private let request: UnsafeMutablePointer<FCGX_Request>

  /// The corresponding C functions are `FCGX_Init` and `FCGX_InitRequest`.
  init() {
    request = .allocate(capacity: 1)
    FCGX_Init()
    FCGX_InitRequest(request, -1, 0)
  }

  deinit { request.deallocate() }

  /// Takes over a connected descriptor and reads the request's params; nil when there is none in
  /// it. The descriptor is closed by `finish`, or here.
  ///
  /// libfcgi finishes the previous request first, which would close the new descriptor unless the
  /// connection is to be kept; what the web server asks for replaces that flag. After a bad start
  /// libfcgi closes the descriptor and tries to accept on −1, which fails.
  ///
  /// The corresponding C function is `FCGX_Accept_r`.
  func receive(_ descriptor: Int32) -> [String: String]? {
    request.pointee.ipcFd = descriptor
    request.pointee.keepConnection = 1
    guard FCGX_Accept_r(request) == 0 else { return nil }
    return parameters
  }

  private var parameters: [String: String] {
    var parameters: [String: String] = [:]
    var next = request.pointee.envp
    while let entry = next?.pointee {
      let text = String(cString: entry)
      let end = text.firstIndex(of: "=") ?? text.endIndex
      parameters[String(text[..<end])] = String(text[end...].dropFirst())
      next = next.map { $0 + 1 }
    }
    return parameters
  }

  /// The body's next bytes; fewer when it ends, is interrupted or fails.
  ///
  /// The corresponding C function is `FCGX_GetStr`.
  func read(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
      let bytes = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
      length = Int(max(0, FCGX_GetStr(bytes, Int32(count), request.pointee.in)))
    }
  }

  /// The corresponding C function is `FCGX_PutStr`.
  func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { buffer in
      let text = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      _ = FCGX_PutStr(text, Int32(buffer.count), request.pointee.out)
    }
  }

  /// Ends the request and closes its connection.
  ///
  /// The corresponding C function is `FCGX_Finish_r`.
  func finish() {
    request.pointee.keepConnection = 0
    FCGX_Finish_r(request)
    request.pointee.ipcFd = -1
  }
}
