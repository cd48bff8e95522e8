import FoundationEssentials
import Gupy
import JSON
import Testing

struct TimestampTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.001Z", 1),
      ("1969-12-31T23:59:59.999Z", -1), ("2000-02-29T12:00:00Z", 951_825_600_000),
      ("2001-09-09T01:46:40Z", 1_000_000_000_000), ("2024-02-29T23:59:59Z", 1_709_251_199_000),
      ("2026-03-04T18:30:12.345Z", 1_772_649_012_345), ("2100-03-01T00:00:00Z", 4_107_542_400_000),
      ("1900-03-01T00:00:00Z", -2_203_891_200_000), ("0001-01-01T00:00:00Z", -62_135_596_800_000),
      ("1600-02-29T00:00:00Z", -11_670_998_400_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ] as [(String, Int64)])
  func `a moment has its milliseconds`(text: String, milliseconds: Int64) {
    #expect(Timestamp(text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    ("2026-03-04T15:30:12.345-03:00", "2026-03-04T18:30:12.345Z"),
    ("2026-03-04T15:30:12-0300", "2026-03-04T18:30:12.000Z"),
    ("2026-03-04T15:30:12-03", "2026-03-04T18:30:12.000Z"),
    ("2026-01-01T00:30:00+05:45", "2025-12-31T18:45:00.000Z"),
    ("2026-03-04T18:30:12+00:00", "2026-03-04T18:30:12.000Z"),
    ("2026-03-04T18:30:12-00:00", "2026-03-04T18:30:12.000Z"),
    ("2026-03-04t18:30:12z", "2026-03-04T18:30:12.000Z"),
    ("2026-12-31T23:59:59-23:59", "2027-01-01T23:58:59.000Z"),
    ("0999-06-05T04:03:02Z", "0999-06-05T04:03:02.000Z"),
  ])
  func `a moment is written in UTC with milliseconds`(text: String, description: String) {
    #expect(Timestamp(text)?.description == description)
  }

  @Test(arguments: [
    ("12.3", "12.300"), ("12.34", "12.340"), ("12.3454", "12.345"), ("12.3455", "12.346"),
    ("12.3449999999999", "12.345"), ("12.34449999999999", "12.344"), ("12.9994", "12.999"),
    ("12.9996", "13.000"), ("12.0004999", "12.000"), ("12.123456789012345678901", "12.123"),
  ])
  func `a fraction is rounded half up, never cut off`(sent: String, kept: String) {
    #expect(Timestamp("2026-03-04T18:30:\(sent)Z")?.description == "2026-03-04T18:30:\(kept)Z")
    #expect(Timestamp("1926-03-04T18:30:\(sent)Z")?.description == "1926-03-04T18:30:\(kept)Z")
  }

  @Test func `rounding carries over into the next year`() {
    #expect(Timestamp("2026-12-31T23:59:59.9995Z") == Timestamp("2027-01-01T00:00:00Z"))
  }

  @Test func `a leap second is the second after it`() {
    #expect(Timestamp("2016-12-31T23:59:60Z") == Timestamp("2017-01-01T00:00:00Z"))
  }

  @Test(arguments: [
    "", "2026-03-04", "2026-03-04T18:30:12", "2026-03-04T18:30Z", "2026-03-04 18:30:12Z",
    "2026-03-04T18:30:12Z ", " 2026-03-04T18:30:12Z", "2026-03-04T18:30:12ZZ",
    "2026-03-04T18:30:12.Z", "2026-03-04T18:30:12,5Z", "2026-03-04T18:30:12.5", "20260304T183012Z",
    "2026-02-30T00:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z",
    "2026-03-00T00:00:00Z", "2026-03-32T00:00:00Z", "2026-03-04T24:00:00Z",
    "2026-03-04T18:60:00Z", "2026-03-04T18:30:61Z", "2026-03-04T18:30:12+24:00",
    "2026-03-04T18:30:12+03:60", "2026-03-04T18:30:12+3", "2026-03-04T18:30:12+030",
    "2026-03-04T18:30:12+03:", "2026-03-04T18:30:12+03:00x", "2026-03-04T18:30:12UTC",
    "+2026-03-04T18:30:12Z", "-026-03-04T18:30:12Z", "２026-03-04T18:30:12Z",
    "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59.9996Z",
  ])
  func `anything else is no timestamp`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `every day of 400 years follows the day before it`() throws {
    var milliseconds = try #require(Timestamp("1800-01-01T00:00:00Z")).milliseconds
    for year in 1800..<2200 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let months = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (month, days) in zip(1..., months) {
        for day in 1...days {
          let text =
            "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)T00:00:00.000Z"
          if Timestamp(text)?.milliseconds != milliseconds
            || Timestamp(milliseconds: milliseconds).description != text
          {
            Issue.record("\(text)")
          }
          milliseconds += 86_400_000
        }
      }
    }
  }

  @Test func `the last and the first day of every year follow each other`() throws {
    for year in 1...9_998 {
      let years = [year, year + 1].map {
        String(repeating: "0", count: 4 - "\($0)".count) + "\($0)"
      }
      let last = try #require(Timestamp(day: "\(years[0])-12-31"))
      let first = last + .seconds(86_400)
      #expect(last.day == "\(years[0])-12-31" && first.day == "\(years[1])-01-01")
      #expect(first == Timestamp(day: first.day))
    }
  }

  @Test(
    arguments: [
      (.min, "0001-01-01T00:00:00.000Z"), (-62_135_596_800_001, "0001-01-01T00:00:00.000Z"),
      (253_402_300_800_000, "9999-12-31T23:59:59.999Z"), (.max, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func `a moment that no text can say is the nearest that one can`(
    _ milliseconds: Int64, _ text: String
  ) {
    #expect(Timestamp(milliseconds: milliseconds).description == text)
  }

  @Test func `moments are ordered by time, not by text`() throws {
    let earlier = try #require(Timestamp("2026-03-04T23:00:00+05:00"))
    let later = try #require(Timestamp("2026-03-04T18:30:00Z"))
    #expect(earlier < later)
    #expect(!(later < later))
  }

  private func written(_ text: String) -> Timestamp? {
    Array(text.utf8).withUnsafeBytes { Timestamp(written: $0) }
  }

  @Test(arguments: [
    "2026-03-04T18:30:12.345Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z",
    "2024-02-29T00:00:00.000Z",
  ])
  func `what is written is read in place`(text: String) throws {
    #expect(try #require(written(text)).description == text)
    #expect(written(text) == Timestamp(text))
  }

  @Test(arguments: [
    "", "2026-03-04T18:30:12Z", "2026-03-04t18:30:12.345Z", "2026-03-04T18:30:12.345z",
    "2026-03-04T18:30:60.000Z", "2026-03-04T18:30:12.34-03", "2026-03-04T18:30:12.3456Z",
    "2026-02-30T18:30:12.345Z", "0000-12-31T18:30:12.345Z", "2026-03-04T18:30:1２.5Z",
    "2026-03-04T18:30:12+0300", "2026-03-04T18:30:12.345Z ",
  ])
  func `anything else is not taken for what was written`(text: String) {
    #expect(written(text) == nil)
  }

  @Test(arguments: [
    ("2026-03-04T00:00:00.000Z", "2026-03-04"), ("2026-03-04T23:59:59.999Z", "2026-03-04"),
    ("1969-12-31T23:59:59.999Z", "1969-12-31"), ("0001-01-01T00:00:00.001Z", "0001-01-01"),
  ])
  func `a moment has its day, by UTC`(text: String, day: String) throws {
    let moment = try #require(Timestamp(text))
    #expect(moment.day == day)
    #expect(moment.midnight == Timestamp(day: day))
    #expect(moment.midnight.description == "\(day)T00:00:00.000Z")
  }

  @Test(arguments: ["2026-02-30", "2026-3-4", "2026-03-04T", "20260304", "2026-03-0４", ""])
  func `a day that does not exist is none`(text: String) {
    #expect(Timestamp(day: text) == nil)
  }

  @Test func `moments have differences, and a duration leads to another one`() throws {
    let moment = try #require(Timestamp("2026-03-04T18:30:12.345Z"))
    #expect(moment - Timestamp(milliseconds: 0) == .milliseconds(1_772_649_012_345))
    #expect((moment + .seconds(90)).description == "2026-03-04T18:31:42.345Z")
    #expect((moment - .milliseconds(346)).description == "2026-03-04T18:30:11.999Z")
    #expect(moment - (moment + .seconds(3)) == .seconds(-3))
    #expect((moment + .seconds(Int64.max)).description == "9999-12-31T23:59:59.999Z")
    #expect((moment - .seconds(Int64.max)).description == "0001-01-01T00:00:00.000Z")
  }

  @Test func `a moment is stored as text and reads back equal`() throws {
    let timestamp = Timestamp(milliseconds: 1_772_649_012_345)
    let json = timestamp.json
    #expect(String(decoding: json, as: UTF8.self) == "\"2026-03-04T18:30:12.345Z\"")
    #expect(Timestamp(json: json[...]) == timestamp)
  }

  @Test(arguments: ["\"2026-03-04\"", "1772649012345", "null"])
  func `a stored moment that is no timestamp is not read`(json: String) {
    #expect(Timestamp(json: Array(json.utf8)[...]) == nil)
  }
}
