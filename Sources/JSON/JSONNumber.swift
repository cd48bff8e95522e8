/// A number as JSON writes it (RFC 8259 §6), or JSON5.
enum JSONNumber {
  /// Digits alone, and not too many: what most numbers are.
  case short(Int64)
  /// By its digits, without the point, and the power of ten by which they count; never rounded.
  case long(sign: String, digits: [UInt8], power: Int)

  /// Nil where it is not written as it should: with a leading zero, and in JSON with a plus, a bare
  /// point or hexadecimal digits.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, isJSON5: Bool) {
    if 1...18 ~= bytes.count, bytes.allSatisfy(\.isASCIIDigit), bytes.count == 1 || bytes[0] != zero
    {
      self = .short(bytes.reduce(0) { $0 * 10 + Int64($1 - zero) })
    } else {
      self.init(long: Array(bytes)[...], isJSON5: isJSON5)
    }
  }

  private init?(long bytes: ArraySlice<UInt8>, isJSON5: Bool) {
    let sign = bytes.first == UInt8(ascii: "-") ? "-" : ""
    let isSigned = !sign.isEmpty || isJSON5 && bytes.first == UInt8(ascii: "+")
    let unsigned = bytes.dropFirst(isSigned ? 1 : 0)
    if isJSON5, let digits = Self.hexadecimal(unsigned) {
      self = .long(sign: sign, digits: digits, power: 0)
      return
    }
    var (digits, point): ([UInt8], Int?) = ([], nil)
    for byte in unsigned {
      if byte.isASCIIDigit {
        digits.append(byte)
      } else if byte == UInt8(ascii: "."), point == nil {
        point = digits.count
      } else {
        break
      }
    }
    let rest = unsigned.dropFirst(digits.count + (point == nil ? 0 : 1))
    let whole = point ?? digits.count
    let isBare = whole == 0 || point == digits.count
    guard !digits.isEmpty, !isBare || isJSON5, whole < 2 || digits[0] != zero,
      let exponent = Self.exponent(rest)
    else { return nil }
    self = .long(sign: sign, digits: digits, power: exponent - (digits.count - whole))
  }

  private static func exponent(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.first else { return 0 }
    guard first | 0x20 == UInt8(ascii: "e") else { return nil }
    // Beyond these bounds a number is zero or none.
    return Int(String(decoding: bytes.dropFirst(), as: UTF8.self))
      .map { max(-1 << 40, min(1 << 40, $0)) }
  }

  private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    let digits = bytes.dropFirst(2)
    guard bytes.starts(with: "0x".utf8) || bytes.starts(with: "0X".utf8),
      let first = digits.first, Character(Unicode.Scalar(first)).isHexDigit
    else { return nil }
    return Int64(String(decoding: digits, as: UTF8.self), radix: 16).map { Array(String($0).utf8) }
  }

  /// As far as `Double` can hold it; nil where it is too large, or so small that nothing is left.
  var double: Double? {
    switch self {
    case .short(let number): return Double(number)
    case .long(let sign, let digits, let power):
      let text = "\(sign)\(String(decoding: digits, as: UTF8.self))e\(power)"
      guard let double = Double(text), double.isFinite else { return nil }
      return double != 0 || digits.allSatisfy { $0 == zero } ? double : nil
    }
  }

  /// The whole number: `6.12E8` is 612000000. Nil for any other number, and beyond 63 bits.
  var integer: Int64? {
    switch self {
    case .short(let number): return number
    case .long(let sign, let digits, let power):
      guard let last = digits.lastIndex(where: { $0 != zero }) else { return 0 }
      let zeros = digits.count - 1 - last + power
      // 2^63 has nineteen digits.
      guard 0...19 ~= zeros else { return nil }
      return Int64(
        sign + String(decoding: digits[...last], as: UTF8.self)
          + String(repeating: "0", count: zeros))
    }
  }
}

private var zero: UInt8 { 0x30 }
