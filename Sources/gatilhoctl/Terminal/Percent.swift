import ArgumentParser

/// A share on the command line: `5%` or `5`.
struct Percent: Sendable, CustomStringConvertible {
  /// 0 to 100.
  let value: Int

  /// Nothing at all.
  static let none = Percent(value: 0)

  private init(value: Int) {
    self.value = value
  }

  /// Reads whole percents; a fraction without a sign could mean either.
  init(_ text: String) throws(ValidationError) {
    let digits = text.hasSuffix("%") ? text.dropLast() : text[...]
    guard let value = Int(digits), 0...100 ~= value else {
      throw ValidationError("expected whole percents from 0% to 100%, such as 5%")
    }
    self.value = value
  }

  var description: String { "\(value)%" }
}
