import Gupy
import Testing

struct PhoneNumberTests {
  @Test(arguments: [
    "11955550101", "(11) 95555-0101", "011955550101", "0 (11) 95555.0101", "5511955550101",
    "55 11 95555 0101", "+5511955550101", "+55 (11) 95555-0101", "(+55) 11 95555/0101",
    "+55 (0)11 95555-0101", "55011955550101", " 11\u{A0}95555\u{2011}0101\n",
    "\u{202A}+55 11 95555\u{2013}0101\u{202C}",
  ])
  func `one Brazilian mobile is the same however it is written`(text: String) {
    #expect(PhoneNumber(mobile: text)?.e164 == "+5511955550101")
    #expect(PhoneNumber(mobile: text)?.digits == "5511955550101")
  }

  @Test(arguments: ["55955550101", "055955550101", "5555955550101", "+55 55 95555-0101"])
  func `55 is an area code too`(text: String) {
    #expect(PhoneNumber(mobile: text)?.e164 == "+5555955550101")
  }

  @Test(arguments: [
    "1155550101", "+551155550101", "551155550101", "11855550101", "+5511255550101", "955550101",
    "95555-0101", "20955550101", "+5510955550101", "+55955550101", "+55 11 95555-01012",
    "1195555010", "119555501012", "15011955550101", "005511955550101", "+55", "+5511", "0", "",
  ])
  func `a Brazilian number that is no mobile is refused`(text: String) {
    #expect(PhoneNumber(mobile: text) == nil)
  }

  @Test(arguments: [
    "１１９５５５５０１０１", "11 95555-0101 ramal 2", "11955550101x2", "1195555O101", "++5511955550101",
    "11+955550101", "+55 11 95555,0101", "٠١١٩٥٥٥٥٠١٠١", "11955550101/😀",
  ])
  func `anything but digits and punctuation is refused`(text: String) {
    #expect(PhoneNumber(mobile: text) == nil)
  }

  @Test(arguments: [
    ("+351 912 345 678", "+351912345678"), ("+1 (415) 555-0100", "+14155550100"),
    ("+5491123456789", "+5491123456789"), ("+1234567", "+1234567"),
    ("+123456789012345", "+123456789012345"),
  ])
  func `a foreign number is taken by its grammar`(text: String, e164: String) {
    #expect(PhoneNumber(mobile: text)?.e164 == e164)
  }

  @Test(arguments: ["+123456", "+1234567890123456", "+0351912345678", "351912345678", "+"])
  func `a foreign number outside the grammar is refused`(text: String) {
    #expect(PhoneNumber(mobile: text) == nil)
  }

  @Test func `the plan has 67 area codes, none of them with a zero`() {
    let codes = (0...99).map { $0 < 10 ? "0\($0)" : "\($0)" }
    let used = codes.filter { PhoneNumber(mobile: $0 + "955550101") != nil }
    #expect(used.count == 67)
    #expect(!used.contains { $0.contains("0") })
    let unused = codes.filter { !$0.contains("0") && !used.contains($0) }
    #expect(
      unused == [
        "23", "25", "26", "29", "36", "39", "52", "56", "57", "58", "59", "72", "76", "78",
      ])
  }

  @Test(arguments: ["11955550101", "+351 912 345 678"])
  func `a stored number reads back equal`(text: String) throws {
    let phone = try #require(PhoneNumber(mobile: text))
    #expect(PhoneNumber(mobile: phone.e164) == phone)
  }
}
