import Glibc
import Gupy
import Journal
import TestSupport

@testable import Lookup

extension Line {
  /// A line that keeps the least of an event.
  static func least(_ eventId: String, _ application: Int64, at: String) -> Line {
    Line(at: Timestamp(at), eventId: eventId, .event(.least(application)))
  }
}

extension Timestamp {
  /// A moment as the journal writes it; the least that there is for anything else.
  static func written(_ text: String) -> Timestamp {
    Timestamp(text) ?? Timestamp(milliseconds: .min)
  }
}

extension DayIndex {
  /// All lines of a day that can be read, those of one file in its order.
  func lines(of day: String) throws -> [DayLine] {
    var lines: [DayLine] = []
    for path in try paths(of: day) {
      try File(path, O_RDONLY).contents().forEachDayLine { line, _ in lines.append(line) }
    }
    return lines
  }
}
