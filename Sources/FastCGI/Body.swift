/// What became of a request's body: the bytes, or the reason why there are none to work with.
package enum Body: Equatable, Sendable {
  /// All announced bytes, and no byte more (RFC 3875 §4.2).
  case complete([UInt8])

  /// A POST without a length, or a length that is not a number of bytes.
  case noLength

  /// More bytes were announced than `limit`; none was read.
  case tooLarge(limit: Int)

  /// Fewer bytes arrived than were announced: the client went away, stalled or broke the protocol.
  case truncated
}

extension Body {
  /// Reads a body by the rules of `CONTENT_LENGTH` (RFC 3875 §4.1.2).
  ///
  /// An absent length is an empty one (RFC 3875 §4.1.2), and means a request without a body unless
  /// the method is POST, which has one always.
  ///
  /// - Parameters:
  ///   - length: The value of `CONTENT_LENGTH`, if any.
  ///   - method: The value of `REQUEST_METHOD`.
  ///   - limit: The largest body to read, in bytes.
  ///   - read: Returns up to the given number of bytes, and fewer only if no more will come. It is
  ///     called at most once, and not at all for an empty body.
  init(length: String?, method: String, limit: Int, read: (Int) -> [UInt8]) {
    guard let length, !length.isEmpty else {
      self = method == "POST" ? .noLength : .complete([])
      return
    }
    guard let count = Self.count(length) else {
      self = .noLength
      return
    }
    self = count > limit ? .tooLarge(limit: limit) : Self.read(count, by: read)
  }

  private static func read(_ count: Int, by read: (Int) -> [UInt8]) -> Body {
    let bytes = count == 0 ? [] : read(count)
    guard bytes.count >= count else { return .truncated }
    return .complete(bytes.count == count ? bytes : Array(bytes.prefix(count)))
  }

  /// `Int` alone would also take a sign.
  private static func count(_ digits: String) -> Int? {
    let onlyDigits = digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return onlyDigits ? Int(digits) : nil
  }
}
