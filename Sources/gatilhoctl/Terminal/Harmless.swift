extension StringProtocol {
  /// The text as a terminal may get it, whoever wrote it: in one line, with `�` in place of what a
  /// terminal obeys instead of showing it, and of what turns the direction of writing.
  var harmless: String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: unicodeScalars.map(\.harmless))
    return String(scalars)
  }
}

extension Unicode.Scalar {
  fileprivate var harmless: Unicode.Scalar {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: properties.isWhitespace ? " " : "\u{FFFD}"
    default: properties.isBidiControl ? "\u{FFFD}" : self
    }
  }
}
