/// One value of the payload, read so that nothing in it can fail the whole.
///
/// Swift's decoder reports a lone surrogate (`"\ud83d"`) or an id of `1e400` by throwing; here
/// such a value is `unreadable`, and the values beside it stay.
indirect enum PayloadValue: Decodable, Sendable {
  /// An object, with the fields that are known.
  case object([PayloadField: PayloadValue])
  /// A string that is not blank, as sent, or a number's digits.
  case text(String)
  /// Nothing: null, an absent field, an empty or blank string.
  case nothing
  /// A list, a truth value, a broken string, a number that is out of range.
  case unreadable

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    self =
      value.decodeNil()
      ? .nothing : Self.text(in: value) ?? Self.number(in: value) ?? Self.object(in: decoder)
  }

  private static func text(in value: any SingleValueDecodingContainer) -> Self? {
    do {
      let text = try value.decode(String.self)
      return text.allSatisfy(\.isWhitespace) ? .nothing : .text(text)
    } catch {
      return nil
    }
  }

  /// The digits of a number: `6.12E8` is `612000000`.
  ///
  /// The `Double` comes first because the decoder reads `1e-400` as the integer 0.
  private static func number(in value: any SingleValueDecodingContainer) -> Self? {
    do {
      let double = try value.decode(Double.self)
      guard double == double.rounded() else { return .text("\(double)") }
      return .text(String(try value.decode(Int64.self)))
    } catch {
      return nil
    }
  }

  /// An object on one of the first four levels: no path is longer, and the decoder takes the
  /// longer for a value the deeper it lies.
  private static func object(in decoder: any Decoder) -> Self {
    guard decoder.codingPath.count < 4 else { return .unreadable }
    do {
      let container = try decoder.container(keyedBy: PayloadField.self)
      var fields: [PayloadField: PayloadValue] = [:]
      for field in container.allKeys {
        fields[field] = try container.decode(PayloadValue.self, forKey: field)
      }
      return .object(fields)
    } catch {
      return .unreadable
    }
  }

  /// What stands at `path`: `nothing` when the path ends early at nothing, `unreadable` when
  /// something else than an object stands in its way.
  func value(at path: [PayloadField]) -> PayloadValue {
    var value = self
    for field in path {
      switch value {
      case .object(let fields): value = fields[field] ?? .nothing
      case .nothing: return .nothing
      case .text, .unreadable: return .unreadable
      }
    }
    return value
  }
}
