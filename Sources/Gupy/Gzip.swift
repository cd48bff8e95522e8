import CZlib

/// One member of a gzip file (RFC 1952), unpacked within bounds.
///
/// The corresponding C functions are zlib's `inflateInit2` and `inflate`.
enum Gzip {
  /// Bytes that a member may have when it is unpacked, as many as a body may have.
  static let longest = 1_048_576

  /// Whether the bytes begin as a member does.
  static func isMember(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B, 8]) }

  /// What is packed; nil for what is broken, has anything behind its end, or is longer than `longest`.
  static func contents(of bytes: [UInt8]) -> [UInt8]? {
    let contents = [UInt8](unsafeUninitializedCapacity: longest) { room, count in
      count = max(0, czlib_gunzip(bytes, bytes.count, room.baseAddress, room.count))
    }
    return contents.isEmpty ? nil : contents
  }
}
