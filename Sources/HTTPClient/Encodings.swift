extension UInt8 {
  /// Whether it stands for itself everywhere in an address: ASCII's letters and digits, and `-._~`
  /// (RFC 3986 §2.3).
  package var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~".utf8.contains(self)
    }
  }
}

extension StringProtocol {
  /// Whether it is a number in ASCII's digits alone; what reads numbers would take a sign too.
  var isDigits: Bool { !isEmpty && utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }
}

extension String {
  /// All but RFC 3986's unreserved characters as `%XX`: safe in a path, a query and a form.
  package var percentEncoded: String {
    utf8.map { byte in
      if byte.isUnreserved { return String(Unicode.Scalar(byte)) }
      return (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}

extension Sequence<UInt8> {
  /// The bytes in base64, with padding (RFC 4648 §4).
  package var base64: String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in self {
      (bits, count) = (bits << 8 | Int(byte), count + 8)
      while count >= 6 {
        count -= 6
        text.append(digits[bits >> count & 63])
      }
      bits &= 63
    }
    if count > 0 { text.append(digits[bits << (6 - count) & 63]) }
    let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
    return String(decoding: text, as: UTF8.self) + padding
  }
}
