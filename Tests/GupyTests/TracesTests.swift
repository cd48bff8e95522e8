import TestSupport
import Testing

@testable import Gupy

/// What an erasure finds in a body by all that is known of a candidate.
@Suite struct TracesTests {
  private func traces(_ values: [EventPath: String]) throws -> Traces {
    var traces = Traces(of: nil)
    traces.add(try Fixture.details(values))
    return traces
  }

  private let bianca: [EventPath: String] = [
    .candidateName: "Bianca", .candidateLastName: "Prado Lima",
    .candidateEmail: "bianca@example.com", .candidateIdentificationDocument: "52998224725",
    .candidateMobileNumber: "+5511955550101",
  ]

  @Test(arguments: [
    #"{"a":"529.982.247-25"}"#, #"{"a":52998224725}"#, #"{"529.982.247-25":1}"#,
    #"{"a":"BIANCA@example.com"}"#, #"{"a":"Bianca <bianca\u0040example.com>"}"#,
    #"{"a":"(11) 95555-0101"}"#, #"{"a":"+55 (0)11 95555 0101"}"#, #"{"a":5511955550101}"#,
    #"{"a":"tel:+55-11-95555-0101"}"#, #"{"a":"Candidata: BIANCA PRADO LIMA, 27"}"#,
    #"{"name":"bianca","lastName":"Prado Lima"}"#,
    #"{"last":"Prado  Lima","x":{"first":"Biânca"}}"#,
    #"{"a":"529\u002e982.247-25"#, #"nome=Bianca&sobrenome=Prado+Lima"#, #"fone 11 95555-0101;"#,
    #"[["\u200b5\ud83d2998224725"]]"#, "email=bianca@example.com", "mailto:bianca@example.com?x",
    "e=bianca%40example.com&x=1", #"{"a":"bianca@example.com."}"#,
  ])
  func `a body that names the candidate is found`(body: String) throws {
    let units = body.utf16.map { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let utf16: [UInt8] = [0xFF, 0xFE] + units.joined()
    #expect(try traces(bianca).stand(in: Array(body.utf8)))
    #expect(try traces(bianca).stand(in: utf16))
  }

  @Test(arguments: [
    #"{"a":"Bianca"}"#, #"{"name":"Bianca","lastName":"Souza"}"#, #"{"a":"Prado Lima"}"#,
    #"{"a":"ana.bianca@example.com"}"#, #"{"a":"bianca@example.com.br"}"#,
    #"{"a":"bianca@example.company"}"#, "xbianca@example.com", "e=ana+bianca@example.com",
    #"{"a":"11955550102"}"#, #"{"a":"152998224725"}"#,
    #"{"a":"Bianca Souza","b":"Ana Prado Lima"}"#, "", "{", "[]", #"{"a":"119555501011"}"#,
  ])
  func `a body that does not is left`(body: String) throws {
    #expect(try !traces(bianca).stand(in: Array(body.utf8)))
  }

  @Test func `what is kept as sent is looked for as it is`() throws {
    let odd = try traces([
      .candidateName: "Bia", .candidateEmail: "bia at example",
      .candidateIdentificationDocument: "AB 123456", .candidateMobileNumber: "(11) 3333-1234",
    ])
    for value in ["BIA at example", "ab 123456", "(11) 3333-1234"] {
      #expect(odd.stand(in: Array(#"{"a":"\#(value)"}"#.utf8)))
    }
    #expect(!odd.stand(in: Array(#"{"a":"Bia"}"#.utf8)))
    #expect(try !traces([.candidateMobileNumber: "-"]).stand(in: Array(#"{"a":"-"}"#.utf8)))
  }

  @Test func `a hostile body is searched soon`() throws {
    let traces = try traces(bianca)
    let start = processorSeconds()
    for part in ["\u{315}", "\u{327}\u{315}", "1", "1 ", "a@", "5-", "bianca "] {
      let text = String(repeating: part, count: 60_000 / part.utf8.count)
      #expect(!traces.stand(in: Array("{\"a\":\"\(text)\"}".utf8)))
      #expect(!traces.stand(in: Array(text.utf8)))
    }
    #expect(processorSeconds() - start < 30)
  }
}
