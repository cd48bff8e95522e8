import Dispatch
import FastCGI
import Glibc
import TestSupport

extension Readers {
  /// Reads params, `NAME=value` lines, and behind an empty line a body; what begins as a record does
  /// is sent as it is. A request gets an answer whose lines are the ones that were written.
  func params(_ bytes: [UInt8]) throws -> String {
    let writer = try AnswerWriter()
    let (server, far) = try connect(sending: bytes.first == 1 ? bytes : Self.records(bytes))
    let client = FastCGIClient(descriptor: far)
    var reader = RecordReader(descriptor: server, limits: .standard)
    guard let request = reader.request() else {
      close(server)
      return "no request"
    }
    // Not by characters: one of them may be as long as all.
    func beginning(_ text: String) -> String { String(text.unicodeScalars.prefix(200)) }
    let response = Response(
      status: .ok,
      headers: request.parameters.all.prefix(100).map { ("X-" + beginning($0), beginning($1)) })
    writer.write(response, to: server, id: reader.id, isAtEnd: reader.isAtEnd)
    let breaks: [Character] = ["\r\n", "\r", "\n"]
    let lines = (client.answer() ?? "")
      .split(omittingEmptySubsequences: false, whereSeparator: breaks.contains)
    try hold(lines.first == "Status: 200 OK", "a request is answered")
    try hold(lines.count == response.headers.count + 4, "a header is one line")
    return "\(request.method): \(try describe(request))"
  }

  private static func records(_ bytes: [UInt8]) -> [UInt8] {
    var (pairs, rest) = ([UInt8](), bytes[...])
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")), end > rest.startIndex {
      let line = rest[..<end]
      let equals = line.firstIndex(of: UInt8(ascii: "=")) ?? end
      pairs += Record.pair(Array(line[..<equals]), Array(line[equals...].dropFirst()))
      rest = rest[(end + 1)...]
    }
    return Record.begin() + Record.stream(4, pairs) + Record.input(Array(rest.dropFirst()))
  }

  /// A server's descriptor and its client's, with a thread that sends.
  private func connect(sending bytes: [UInt8]) throws -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    try hold(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0, "sockets are there")
    let sender = dup(ends[1])
    DispatchQueue.global().async {
      let client = FastCGIClient(descriptor: sender)
      client.send(bytes)
      shutdown(client.descriptor, Int32(SHUT_WR))
    }
    return (ends[0], ends[1])
  }

  private func describe(_ request: Request) throws -> String {
    switch request.body {
    case .noLength: return "no length"
    case .tooLarge: return "too large"
    case .truncated: return "truncated"
    case .complete(let body):
      let length = request.header("Content-Length") ?? ""
      try hold(body.count == (length.isEmpty ? 0 : Int(length)), "a whole body has its length")
      return "\(body.count) bytes"
    }
  }
}
