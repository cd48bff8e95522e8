extension Unicode.Scalar {
  /// Whether it is white space by Unicode's property. For ASCII its table need not be asked.
  var isWhiteSpace: Bool {
    value < 0x80 ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace
  }
}
