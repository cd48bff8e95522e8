/// One member of a gzip file (RFC 1952), unpacked within bounds.
enum Gzip {
  /// Bytes that a member may have when it is unpacked, as many as a body may have.
  static let longest = 1_048_576

  /// Whether the bytes begin as a member does.
  static func isMember(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B, 8]) }

  /// What is packed; nil for what is broken, has anything behind its end, or is longer than `longest`.
  static func contents(of bytes: [UInt8]) -> [UInt8]? {
    guard let start = endOfHeader(bytes) else { return nil }
    var inflation = Inflation(bytes[start...], limit: longest)
    guard let contents = inflation.contents() else { return nil }
    let trailer = bytes[inflation.end...]
    guard trailer.count == 8, number(trailer.prefix(4)) == checksum(contents),
      number(trailer.suffix(4)) == UInt32(contents.count)
    else { return nil }
    return contents
  }

  /// Behind ten bytes may stand a length and so many bytes, a name, a comment, and a checksum (§2.3).
  private static func endOfHeader(_ bytes: [UInt8]) -> Int? {
    guard bytes.count > 10 else { return nil }
    let flags = bytes[3]
    var rest = bytes[10...]
    if flags & 4 != 0 {
      guard rest.count >= 2 else { return nil }
      rest = rest.dropFirst(2 + Int(number(rest.prefix(2))))
    }
    for flag in [8, 16] as [UInt8] where flags & flag != 0 {
      rest = rest.drop { $0 != 0 }.dropFirst()
    }
    if flags & 2 != 0 { rest = rest.dropFirst(2) }
    return rest.isEmpty ? nil : rest.startIndex
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// CRC-32 (§8).
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ sum >> 8 }
  }

  private static let table = (0..<256 as Range<UInt32>).map { byte in
    (0..<8).reduce(byte) { rest, _ in rest >> 1 ^ (rest & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
}
