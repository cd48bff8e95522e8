extension Unicode.Scalar {
  /// Whether it is white space by Unicode's property; its table is asked for other scripts' alone,
  /// as it takes a hundred times longer than a look at the number.
  var isWhiteSpace: Bool {
    value < 0x80 ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace
  }
}
