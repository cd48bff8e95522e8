import Gupy
import TestSupport
import Testing

struct FoldedTextTests {
  @Test(arguments: [
    ("CONTRATACAO ", "Contratação"), ("  Entrevista \t com\u{A0}a\nLoja", "entrevista com a loja"),
    ("Prova de Inglês", "PROVA DE INGLES"), ("Łódź Øst ĐÀ", "lodz ost da"),
    ("İstanbul", "istanbul"),
    ("Contra\u{AD}tação\u{200B}", "contratacao"),
    ("\u{212B}ngstr\u{F6}m", "angstrom"), ("", " \n"), ("Tiếng Việt", "tieng viet"),
  ])
  func `case, accents and spacing do not matter`(left: String, right: String) {
    #expect(FoldedText(left) == FoldedText(right))
    #expect(FoldedText(left).hashValue == FoldedText(right).hashValue)
  }

  @Test(arguments: [
    ("Pré-contratação", "Contratação"), ("Entrevista", "Entrevistas"), ("A B", "AB"),
    ("Etapa 1", "Etapa 2"), ("и", "й"), ("か", "が"), ("a\u{20E3}", "a"), ("", "a"),
  ])
  func `other letters matter`(left: String, right: String) {
    #expect(FoldedText(left) != FoldedText(right))
  }

  @Test(arguments: [
    ("Contrata\u{E7}\u{E3}o", "Contratac\u{327}a\u{303}o"), ("\u{439}", "\u{438}\u{306}"),
    ("\u{3AC}", "\u{3B1}\u{301}"), ("\u{304C}", "\u{304B}\u{3099}"),
    ("\u{1EBF}", "\u{EA}\u{301}"), ("\u{1EBF}", "e\u{302}\u{301}"), ("\u{130}", "I\u{307}"),
    ("\u{AC00}", "\u{1100}\u{1161}"), ("a\u{323}\u{302}", "a\u{302}\u{323}"),
  ])
  func `composed and decomposed texts fold to the same`(left: String, right: String) {
    #expect(FoldedText(left) == FoldedText(right))
  }

  /// Every scalar that is canonically equal to an ASCII letter and one or two marks, found by
  /// Swift's own canonical equality.
  @Test func `no letter in one piece is missing from the table`() {
    let letters = "abcdefghijklmnopqrstuvwxyz"
    let marks = (0x300...0x338).compactMap { Unicode.Scalar($0) }
    let pieces =
      (0xC0...0x2FF).compactMap { Unicode.Scalar($0) }
      + (0x1E00...0x1EFF).compactMap { Unicode.Scalar($0) }
    let composed = Set(pieces.map { Character($0) })
    var found = 0
    for letter in letters {
      for first in marks {
        for second in [nil] + marks {
          let text = String(letter) + String(first) + (second.map { String($0) } ?? "")
          guard let piece = composed.firstIndex(of: Character(text)) else { continue }
          found += 1
          #expect(FoldedText(String(composed[piece])) == FoldedText(String(letter)))
        }
      }
    }
    #expect(found > 240)
  }

  @Test(arguments: [
    ("Entrevista com a Loja", "entrevista*"), ("Atendente - Unidade Moema", "*MOEMA*"),
    ("Contratação", "contrataçao"), ("", "*"), ("", "**"), ("abc", "a*c"), ("abc", "*a*b*c*"),
    ("aab", "a*ab"), ("abab", "*ab"), ("a*b", "a*b"), ("mississippi", "m*iss*ip*i"),
  ])
  func `a star stands for any run of characters`(text: String, pattern: String) {
    #expect(FoldedText(text).matches(pattern: FoldedText(pattern)))
  }

  @Test(arguments: [
    ("Pré-contratação", "Contratação"), ("Pré-contratação", "contr*"), ("abc", ""), ("", "a"),
    ("abc", "a*d"), ("abc", "*b"), ("ab", "a*b*b"), ("abcd", "abc"), ("abc", "abcd"),
    ("a.c", "a?c"), ("x*y", "xzy"),
  ])
  func `the whole text must match`(text: String, pattern: String) {
    #expect(!FoldedText(text).matches(pattern: FoldedText(pattern)))
  }

  /// Sorting the marks of such a text, which comparing it asks for, takes a minute each time.
  @Test func `a text of marks in the wrong order takes no longer than another`() {
    let start = processorSeconds()
    let marks = ["\u{315}", "\u{327}"].map { String(repeating: $0, count: 200_000) }.joined()
    let text = FoldedText("Bia " + marks)
    #expect(text != FoldedText("Bia"))
    #expect(text == FoldedText("BIA " + marks))
    #expect(!text.matches(pattern: FoldedText("*\u{327}\u{315}*b")))
    #expect(processorSeconds() - start < 20)
  }

  /// It would not end while anybody waits.
  @Test func `many stars take no exponential time`() {
    let text = FoldedText(String(repeating: "a", count: 5000))
    let pattern = FoldedText(String(repeating: "*a", count: 100) + "*b")
    #expect(!text.matches(pattern: pattern))
  }
}
