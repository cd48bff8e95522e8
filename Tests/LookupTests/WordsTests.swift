import Gupy
import Journal
import Lookup
import Testing

@Suite struct WordsTests {
  @Test func `words are heard in the language that is asked for`() {
    let words = [Words(pt: "um", en: "one"), Words("2")].joined(separator: ", ")
    #expect(words[.portuguese] == "um, 2")
    #expect(words[.english] == "one, 2")
    #expect(Language.allCases.map { words[$0] } == ["um, 2", "one, 2"])
  }

  private static let reasons: [IgnoreReason] = [
    .erased, .exceptedStep, .noRule, .repeated, .superseded, .stale, .notARecipient,
  ]

  @Test(arguments: reasons) func `each reason for no message has words in each language`(
    _ reason: IgnoreReason
  ) {
    #expect(reason.words.pt != reason.words.en)
  }

  @Test(arguments: Standing.obstacles)
  func `what is left to do has a name, advice and commands, for all or for one application`(
    _ status: Standing
  ) throws {
    let remedy = try #require(status.remedy())
    for words in [remedy.name, remedy.advice] { #expect(words.pt != words.en) }
    let (all, one) = (remedy.commands, try #require(status.remedy(application: 7)).commands)
    #expect(one.map(\.command) == all.map { $0.command + " --application 7" })
    #expect(try #require(all.first).command.hasPrefix("gatilhoctl retry"))
    for (command, effect) in all {
      #expect(effect.pt != effect.en)
      #expect(!command.contains("--status") || command.contains("--status \(status.rawValue)"))
    }
  }
}
