import Testing

@testable import Journal

/// The bytes of lines, as files of every version have them.
@Suite struct LineTests {
  private static let head = #"{"at":"2026-03-04T18:30:13.101Z","#
  private static let event =
    #""event":{"application":{"id":"612000101"},"candidate":{"email":"b@example.com","lastName":"Prado","mobileNumber":"+5511955550101","name":"Bianca"},"companyName":"Padaria","currentStep":{"name":"Entrevista","type":"offline"},"date":"2026-03-04T18:30:12.345Z","job":{"branchCode":"7","id":"7410021","name":"Padeiro(a)"},"previousStep":{"name":"Cadastro"},"problems":[{"path":"candidate.email","problem":"notEmail"}],"type":"application.moved"},"eventId":"a"}"#

  private static let outcomes = [
    #"{"httpStatus":200,"messageId":"wamid.1","status":"accepted"}"#,
    #"{"httpStatus":200,"messageId":"m","reason":"QUEUED","status":"accepted"}"#,
    #"{"reason":"marked","status":"accepted"}"#, #"{"status":"accepted"}"#,
    #"{"reason":"superseded","status":"ignored"}"#, #"{"reason":"erased","status":"ignored"}"#,
    #"{"reason":"movedBack","status":"ignored"}"#, #"{"status":"ignored"}"#,
    #"{"problems":[{"path":"candidate.name","problem":"missing"}],"status":"undeliverable"}"#,
    #"{"httpStatus":422,"reason":"no such template","status":"rejected"}"#,
    #"{"httpStatus":429,"messageId":"m","status":"unavailable"}"#,
    #"{"reason":"paused","status":"unavailable"}"#,
    #"{"reason":"interrupted","status":"unconfirmed"}"#,
  ]

  @Test(
    arguments: [
      event, #""erased":true,"# + event,
      #""attempt":{"provider":"callbell","resend":true,"rule":"convite","template":"t"},"eventId":"a"}"#,
      #""attempt":{"provider":"wati"},"eventId":"a"}"#,
      #""eventId":"a","reopened":{"by":"retry"}}"#,
    ] + outcomes.map { #""eventId":"a","outcome":\#($0)}"# })
  func `what is read is written again, the same bytes`(_ rest: String) throws {
    let bytes = Array("\(Self.head)\(rest)\n".utf8)
    let line = try #require(Line(bytes.dropLast()[...]))
    #expect(String(decoding: line.encoded, as: UTF8.self) == Self.head + rest + "\n")
  }

  @Test(arguments: ["", "x", "2026-03-04T18:30:13Z", "2026-03-04T18:30:13+0300"])
  func `a moment in a form that nobody writes is none, and spoils nothing else`(_ at: String) throws
  {
    let text = #"{"at":"\#(at)","attempt":{"provider":"p"},"eventId":"a"}"#
    let line = try #require(Line(Array(text.utf8)[...]))
    #expect(line.at == nil)
    #expect(line.attempt?.provider == "p")
    let erased = Line.erased(Array(text.utf8)[...])
    #expect(erased.count == text.utf8.count)
    #expect(Line(erased[...])?.attempt == line.attempt)
  }
}
