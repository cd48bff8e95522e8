extension UInt8 {
  /// Whether this byte of UTF-8 is one of `0` to `9`; the digits of other scripts are not meant.
  @inlinable package var isASCIIDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
}
