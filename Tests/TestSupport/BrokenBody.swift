import HTTPClient

/// A way in which an answer may break off behind its status.
package enum BrokenBody: CaseIterable, Sendable {
  case cut, cutAtOnce, cutChunk, noChunk, cutInHeaders, reset, silent, silentFromStart, tooLarge
  case noGzip

  /// What the server does.
  ///
  /// - Parameter headers: whole lines.
  package func reaction(_ status: Int, headers: String = "") -> LoopbackServer.Reaction {
    let head = "HTTP/1.1 \(status) X\r\n\(headers)"
    let page = "<html>Unauthorized"
    switch self {
    case .cut: return .answerAndClose(head + "Content-Length: 500\r\n\r\n<html")
    case .cutAtOnce: return .answerAndClose(head + "Content-Length: 500\r\n\r\n")
    case .cutChunk:
      return .answerAndClose(head + "Transfer-Encoding: chunked\r\n\r\n40\r\n<html")
    case .noChunk: return .answerAndClose(head + "Transfer-Encoding: chunked\r\n\r\nno chunk\r\n")
    case .cutInHeaders: return .answerAndClose(head + "Content-Type: text/ht")
    case .reset: return .bytesAndReset(Array((head + "Connection: close\r\n\r\n<h").utf8))
    case .silent: return .answer(head + "Content-Length: 500\r\n\r\n" + page)
    case .silentFromStart: return .answer(head + "Content-Length: 500\r\n\r\n")
    case .tooLarge:
      let body = page + String(repeating: " ", count: 102_400)
      return .answerAndClose(head + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    case .noGzip:
      return .answerAndClose(
        head + "Content-Encoding: gzip\r\nContent-Length: \(page.utf8.count)\r\n\r\n\(page)")
    }
  }

  /// Whether nothing more comes, and only the caller's patience ends it.
  package var isSilent: Bool { self == .silent || self == .silentFromStart }
}
