import Gupy
import Testing

struct CPFTests {
  @Test(arguments: [
    ("52998224725", "52998224725"), ("529.982.247-25", "52998224725"),
    (" 111.444.777-35 ", "11144477735"), ("00000000191", "00000000191"),
    ("123456789-09", "12345678909"), ("529 982 247/25", "52998224725"),
    ("10000000108", "10000000108"),
  ])
  func `right check digits make a CPF`(text: String, digits: String) {
    #expect(CPF(text)?.digits == digits)
  }

  @Test(arguments: [
    "", "5299822472", "529982247250", "52998224724", "52998224735", "25998224725", "AB123456",
    "５２９９８２２４７２５", "529_982_247_25", "-52998224726", "٥٢٩٩٨٢٢٤٧٢٥",
  ])
  func `anything else is no CPF`(text: String) {
    #expect(CPF(text) == nil)
  }

  @Test(arguments: 0...9)
  func `one digit eleven times is no CPF`(digit: Int) {
    #expect(CPF(String(repeating: "\(digit)", count: 11)) == nil)
  }

  @Test func `of all pairs of check digits one is right`() {
    for body in ["123456789", "987654321", "000000001", "999999998", "400000000"] {
      let right = (0...99).filter { CPF(body + ($0 < 10 ? "0\($0)" : "\($0)")) != nil }
      #expect(right.count == 1)
    }
  }
}
