import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import FastCGI

/// libfcgi on one end of a real socket, hand-written records on the other.
@Suite struct ServerTests {
  /// Serves the client's connection by an echo of the request, and returns the answer.
  private func serve(
    limits: Limits = Limits(body: 1_000, receive: 1), _ client: (borrowing FastCGIClient) -> Void
  ) throws -> String {
    var pair: [Int32] = [0, 0]
    #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
    let end = FastCGIClient(descriptor: pair[1])
    client(end)
    // A web server hangs up once it has its answer; here it has said all it will say.
    shutdown(end.descriptor, Int32(SHUT_WR))
    try Server(limits: limits, listener: pair[0]).run(.connection) { request in
      let text: String
      switch request.body {
      case .complete(let bytes): text = "\(bytes.count)"
      case .noLength: text = "no length"
      case .tooLarge(let limit): text = "over \(limit)"
      case .truncated: text = "truncated"
      }
      let names = request.parameters["NAME"] ?? ""
      return Response(status: .ok, body: Array("\(request.method) \(text) \(names)".utf8))
    }
    return String(end.answer().split(separator: "\r\n\r\n").last ?? "")
  }

  private func parameters(_ length: Int, _ name: String = "ç") -> [String: String] {
    ["REQUEST_METHOD": "POST", "CONTENT_LENGTH": String(length), "NAME": name]
  }

  @Test(.serialized, arguments: [0, 1, 999, 1_000])
  func `a whole request is answered`(_ length: Int) throws {
    let answer = try serve { client in
      client.begin(parameters(length))
      client.body([UInt8](repeating: 0x61, count: length))
      if length > 0 { client.body([]) }
    }
    #expect(answer == "POST \(length) ç")
  }

  @Test func `a request that ends early is truncated`() throws {
    let answer = try serve { client in
      client.begin(parameters(10))
      client.body([0x61])
      client.body([])
    }
    #expect(answer == "POST truncated ç")
  }

  @Test func `a client that hangs up in the middle leaves a truncated body`() throws {
    let answer = try serve { client in
      client.begin(parameters(10))
      client.body([0x61])
    }
    #expect(answer == "POST truncated ç")
  }

  @Test func `a body over the limit is refused`() throws {
    let answer = try serve { client in
      client.begin(parameters(1_001))
      client.body([UInt8](repeating: 0x61, count: 1_001))
      client.body([])
    }
    #expect(answer == "POST over 1000 ç")
  }

  @Test func `a long param and many params arrive whole`() throws {
    let long = String(repeating: "x", count: 100_000)
    #expect(
      try serve { client in
        client.begin(parameters(0, long))
      } == "POST 0 \(long)")
    let many = Dictionary(uniqueKeysWithValues: (0..<5_000).map { ("P\($0)", "v") })
    #expect(
      try serve { client in
        client.begin(many.merging(parameters(0)) { $1 })
      } == "POST 0 ç")
  }

  @Test(arguments: [
    [], [0], Array("GET / HTTP/1.1\r\n\r\n".utf8), [UInt8](repeating: 0xFF, count: 100),
    FastCGIClient.record(1, [0, 1, 0]), FastCGIClient.record(1, [0, 9, 0, 0, 0, 0, 0, 0]),
    FastCGIClient.record(4, [1, 2, 3]),
  ])
  func `what is no request gets no answer and does no harm`(_ bytes: [UInt8]) throws {
    let answer = try serve { client in
      client.send(bytes)
    }
    #expect(answer == "")
  }

  @Test func `thousands of connections leave no descriptor behind`() throws {
    func count() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }
    let before = try count()
    for _ in 0..<2_000 { _ = try serve { $0.begin(parameters(0)) } }
    #expect(try count() < before + 20)
  }
}
