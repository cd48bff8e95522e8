/// The words of a configuration file of nginx, a directive at a time.
struct NginxWords {
  private let bytes: [UInt8]
  private var next = 0

  /// What a directive ends with.
  enum End: Equatable {
    case semicolon, opening, closing
  }

  /// Begins at the start of a file.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next directive's words, or nil at the end of the file.
  mutating func line() -> (words: [String], end: End)? {
    var words: [String] = []
    while let byte = skipBlanks() {
      switch byte {
      case UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}"):
        next += 1
        return (
          words,
          byte == UInt8(ascii: ";") ? .semicolon : byte == UInt8(ascii: "{") ? .opening : .closing
        )
      case UInt8(ascii: "\""), UInt8(ascii: "'"): words.append(quoted(byte))
      default: words.append(plain())
      }
    }
    return nil
  }

  /// The byte at which something stands, behind white space and comments.
  private mutating func skipBlanks() -> UInt8? {
    while next < bytes.count {
      switch bytes[next] {
      case 0x20, 0x09, 0x0A, 0x0D: next += 1
      case UInt8(ascii: "#"): next = bytes[next...].firstIndex(of: 0x0A) ?? bytes.count
      default: return bytes[next]
      }
    }
    return nil
  }

  private mutating func quoted(_ quote: UInt8) -> String {
    var text: [UInt8] = []
    next += 1
    while next < bytes.count, bytes[next] != quote {
      if bytes[next] == UInt8(ascii: "\\"), next + 1 < bytes.count { next += 1 }
      text.append(bytes[next])
      next += 1
    }
    next += 1
    return String(decoding: text, as: UTF8.self)
  }

  /// Up to white space or an end; the braces of `${name}` are none.
  private mutating func plain() -> String {
    let start = next
    var isVariable = false
    while next < bytes.count {
      switch bytes[next] {
      case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ";"): return text(from: start)
      case UInt8(ascii: "{"):
        guard next > start, bytes[next - 1] == UInt8(ascii: "$") else { return text(from: start) }
        isVariable = true
      case UInt8(ascii: "}"):
        guard isVariable else { return text(from: start) }
        isVariable = false
      default: break
      }
      next += 1
    }
    return text(from: start)
  }

  private func text(from start: Int) -> String {
    String(decoding: bytes[start..<next], as: UTF8.self)
  }
}
