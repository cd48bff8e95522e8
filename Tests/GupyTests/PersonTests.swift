import Testing

@testable import Gupy

@Suite struct PersonTests {
  private func cpf(_ text: String) throws -> Person { .cpf(try #require(CPF(text))) }

  @Test(arguments: [
    "52998224725", "529.982.247-25", "CPF 529 982 247-25 (cópia)", #"{"cpf":"529.982.247-25"}"#,
    "[1,52998224725,2]", "５２９９８２２４７２５", "529\u{2212}982–247 25", "10 529.982.247-25",
    "5\u{200B}2998224725", "RG 12.345.678-9 / CPF 529.982.247-25",
  ])
  func `a CPF is found in every spelling`(_ text: String) throws {
    #expect(try cpf("52998224725").isNamed(in: text))
  }

  @Test(arguments: ["", "5299822472", "152998224725", "529982247251", "529x98224725"])
  func `a part of another number is not found`(_ text: String) throws {
    #expect(try !cpf("52998224725").isNamed(in: text))
  }

  @Test func `a CPF that a sender took for a number has lost its zeros`() throws {
    #expect(try cpf("00000000191").isNamed(in: #"{"cpf":191}"#))
    #expect(try !cpf("00000000191").isNamed(in: #"{"cpf":1910}"#))
  }

  @Test(arguments: [
    ("bianca.prado@example.com", true), ("<Bianca.Prado@Example.COM>", true),
    ("mailto:bianca.prado@example.com", true), (#"{"e":"bianca.prado@example.com"}"#, true),
    ("bianca\u{200B}.prado@example.com", true),
    ("ana.bianca.prado@example.com", false), ("bianca.prado@example.com.br", false), ("", false),
  ])
  func `an address is found as a whole, in capitals or not`(_ text: String, _ isFound: Bool) throws
  {
    let address = try #require(EmailAddress("  BIANCA.prado@example.com\n"))
    #expect(Person.email(address).isNamed(in: text) == isFound)
  }

  @Test func `a candidate is told by the field that is for it`() throws {
    let person = try cpf("52998224725")
    for kept in ["529.982.247-25", "５２９.９８２.２４７-２５", "529–982–247\u{2212}25"] {
      let details = try Fixture.details([.candidateIdentificationDocument: kept])
      #expect(person.isCandidate(of: details))
    }
    let short = try Fixture.details([.candidateIdentificationDocument: "1234567890"])
    #expect(try cpf("01234567890").isCandidate(of: short))
    let phone = try Fixture.details([.candidateMobileNumber: "52998224725"])
    #expect(!person.isCandidate(of: phone))
    #expect(!person.isCandidate(of: try Fixture.details([:])))
  }
}
