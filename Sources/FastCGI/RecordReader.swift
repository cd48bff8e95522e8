import Glibc

/// Reads one request from a web server's records (FastCGI spec §3), and trusts none of them.
///
/// libfcgi's own reader gets nothing from outside to read: it asks for as much memory as a pair's
/// lengths claim and aborts without it (`ReadParams` in fcgiapp.c), and writes its answers to a
/// question about capacity beyond their 64 bytes when a name stands there often
/// (`ProcessManagementRecord`). Whatever breaks the protocol here ends the request: there is no
/// state to return to.
package struct RecordReader {
  /// How many questions a web server may ask beside its request; none is known to ask any.
  private static let questions = 16

  private let descriptor: Int32
  private let limits: Limits
  private let inlet: Inlet
  private var asked = 0
  /// The number that the web server gave its request, which the answer repeats.
  package private(set) var id: UInt16 = 0
  /// Whether all of the request has been read.
  package private(set) var isAtEnd = false

  /// Reads from a connected socket, which stays the caller's.
  package init(descriptor: Int32, limits: Limits) {
    self.descriptor = descriptor
    self.limits = limits
    inlet = Inlet(descriptor: descriptor, limits: limits)
  }

  /// The request, or nil if none came that can be answered.
  package mutating func request() -> Request? {
    guard begin() else { return nil }
    let pairs = stream(.parameters, upTo: limits.parameters)
    guard isAtEnd, let parameters = Parameters(pairs: pairs) else { return nil }
    isAtEnd = false
    inlet.extend(to: limits.receive)
    return Request(parameters: parameters, limit: limits.body) { stream(.input, upTo: $0) }
  }

  /// Takes a beginning in the only role, that of a responder (FastCGI spec §5.1, §6.2).
  private mutating func begin() -> Bool {
    guard let header = next(), header.kind == .begin, header.id != 0, header.length == 8,
      let body = inlet.take(8), body[0] == 0, body[1] == 1,
      inlet.take(header.padding) != nil
    else { return false }
    id = header.id
    return true
  }

  /// A stream's bytes (FastCGI spec §3.3): until its end, which `isAtEnd` tells, until there are more
  /// than `limit`, or until something else comes.
  private mutating func stream(_ kind: Header.Kind, upTo limit: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while let header = next(), header.kind == kind, header.id == id {
      guard let content = inlet.take(header.length) else { break }
      bytes.append(contentsOf: content)
      guard inlet.take(header.padding) != nil else { break }
      isAtEnd = header.length == 0
      if isAtEnd || bytes.count > limit { break }
    }
    return bytes
  }

  /// The next header that is the request's own; questions before it are answered on the way.
  private mutating func next() -> Header? {
    while let header = inlet.take(8).flatMap(Header.init) {
      guard header.id == 0 else { return header }
      guard inlet.take(header.length + header.padding) != nil, answer(header) else { return nil }
    }
    return nil
  }

  /// Says what a web server may ask without a request (FastCGI spec §4): one connection, one
  /// request, none beside it. The same to every question, as far as it is read at once.
  private mutating func answer(_ header: Header) -> Bool {
    asked += 1
    guard asked <= Self.questions else { return false }
    let answer = header.kind == .values ? Self.capacity : Self.unknown(header.kind.rawValue)
    return answer.withUnsafeBytes {
      send(
        descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
    } == answer.count
  }

  /// `FCGI_GET_VALUES_RESULT` (FastCGI spec §4.1).
  private static let capacity: [UInt8] = {
    let values = [("FCGI_MAX_CONNS", "1"), ("FCGI_MAX_REQS", "1"), ("FCGI_MPXS_CONNS", "0")]
    let pairs = values.flatMap {
      [UInt8($0.utf8.count), UInt8($1.utf8.count)] + Array($0.utf8) + Array($1.utf8)
    }
    return [1, 10, 0, 0, 0, UInt8(pairs.count), 0, 0] + pairs
  }()

  /// `FCGI_UNKNOWN_TYPE` (FastCGI spec §4.2).
  private static func unknown(_ type: UInt8) -> [UInt8] {
    [1, 11, 0, 0, 0, 8, 0, 0, type, 0, 0, 0, 0, 0, 0, 0]
  }
}

extension RecordReader {
  /// What a record begins with (FastCGI spec §3.3).
  private struct Header {
    let kind: Kind
    let id: UInt16
    let length: Int
    let padding: Int

    struct Kind: RawRepresentable, Equatable {
      let rawValue: UInt8
      static let begin = Kind(rawValue: 1)
      static let parameters = Kind(rawValue: 4)
      static let input = Kind(rawValue: 5)
      static let values = Kind(rawValue: 9)
    }

    /// Eight bytes of the only version, or nil.
    init?(_ bytes: UnsafeRawBufferPointer) {
      guard bytes[0] == 1 else { return nil }
      kind = Kind(rawValue: bytes[1])
      id = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
      length = Int(bytes[4]) << 8 | Int(bytes[5])
      padding = Int(bytes[6])
    }
  }
}
