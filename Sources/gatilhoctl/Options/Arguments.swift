import ArgumentParser
import Configuration
import Gupy
import Journal
import Lookup

/// A moment on the command line: so long ago, or a date.
struct Since: ExpressibleByArgument, Sendable {
  let timestamp: Timestamp
  let defaultValueDescription: String

  static let `default` = Since(ago: .seconds(30 * 86_400), "30d")

  private init(ago: Duration, _ text: String) {
    let now = Timestamp.now.milliseconds
    self.init(Timestamp(milliseconds: now - ago.components.seconds * 1_000), text)
  }

  private init(_ timestamp: Timestamp, _ text: String) {
    (self.timestamp, defaultValueDescription) = (timestamp, text)
  }

  /// Reads `2h` or `30d`, `2026-03-04` (UTC), or an RFC 3339 timestamp.
  init?(argument: String) {
    if let ago = Duration(argument) {
      self.init(ago: ago, argument)
    } else {
      guard let time = Timestamp(argument) ?? Timestamp(argument + "T00:00:00Z") else { return nil }
      self.init(time, argument)
    }
  }
}

/// A share on the command line: `5%` or `5`.
struct Percent: Sendable, CustomStringConvertible {
  private(set) var value = 0

  init() {}

  /// Reads whole percents; a fraction without a sign could mean either.
  init(_ text: String) throws(ValidationError) {
    guard let value = Int(text.hasSuffix("%") ? text.dropLast() : text[...]), 0...100 ~= value
    else { throw ValidationError("expected whole percents from 0% to 100%, such as 5%") }
    self.value = value
  }

  var description: String { "\(value)%" }
}

extension ApplicationID: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension PhoneNumber: ExpressibleByArgument {
  /// A mobile number in any of the usual spellings.
  public init?(argument: String) { self.init(mobile: argument) }
}

/// Where events stand, on the command line: one of some words.
protocol StatusArgument: ExpressibleByArgument {
  static var all: [Standing] { get }
  var standing: Standing { get }

  init(standing: Standing)
}

extension StatusArgument {
  static var allValueStrings: [String] { all.map(\.rawValue) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  var defaultValueDescription: String { standing.rawValue }

  init?(argument: String) {
    guard let standing = Self.all.first(where: { $0.rawValue == argument }) else { return nil }
    self.init(standing: standing)
  }
}

struct ListedStatus: StatusArgument {
  static let all = Standing.listed
  let standing: Standing
}

struct ObstacleStatus: StatusArgument {
  static let all = Standing.obstacles
  let standing: Standing
}
