import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import Configuration

@Suite struct SecretTests {
  @Test(arguments: [
    ("env:NAME", [:], Secret.Source.environment("NAME")),
    ("file:/run/secrets/gupy", [:], .file("/run/secrets/gupy")),
    ("file:gupy", ["CREDENTIALS_DIRECTORY": "/run/cred"], .file("/run/cred/gupy")),
    ("file:gupy", [:], .file("/etc/gatilho/gupy")),
  ])
  func `a secret's place`(
    text: String, environment: [String: String], source: Secret.Source
  ) throws {
    let reader = StrictReader(.string(text), file: "/etc/gatilho/gatilho.json")
    #expect(try Secret.source(reader, environment) == source)
  }

  @Test(arguments: ["segredo", "file:", "file:a/b", "file:../a", "env:", ""])
  func `anything else is no place`(_ text: String) {
    let reader = StrictReader(.string(text), file: "/etc/gatilho/gatilho.json")
    #expect(throws: DocumentError.self) { try Secret.source(reader, [:]) }
  }

  private func resolve(_ bytes: [UInt8]) throws -> String {
    let folder = try TemporaryFolder()
    let path = folder.path + "/secret"
    try Data(bytes).write(to: URL(filePath: path))
    let reader = StrictReader(.string("file:" + path), file: "/etc/gatilho/gatilho.json")
    return try Secret(reader, [:]).value
  }

  @Test(arguments: [
    "s3gredo", "s3gredo\n", "s3gredo\r\n", "\u{FEFF}s3gredo", "\u{FEFF}s3gredo\r\n",
  ])
  func `what editors put around a file's text is no part of a secret`(_ text: String) throws {
    #expect(try resolve(Array(text.utf8)) == "s3gredo")
  }

  @Test(arguments: [
    ("", "is empty"), ("\n", "is empty"), (" a", "a space"), ("a ", "a space"),
    ("a\u{A0}", "U+00A0"), ("\u{200B}a", "U+200B"), ("a\u{FEFF}b", "U+FEFF"), ("a\tb", "U+0009"),
    ("a\nb", "U+000A"), ("a\n\n", "U+000A"), ("a\u{2028}", "U+2028"), ("a\u{7F}", "U+007F"),
    ("a\u{AD}b", "U+00AD"), ("a\u{3000}b", "U+3000"), ("a\u{202E}b", "U+202E"),
  ])
  func `what no header carries, or no person sees, is refused by its name`(
    _ text: String, _ words: String
  ) {
    let error = #expect(throws: DocumentError.self) { try resolve(Array(text.utf8)) }
    #expect(error?.description.contains(words) == true, "\(error as Any)")
  }

  @Test(arguments: [[0xFF, 0xFE, 0x61, 0x00], [0x61, 0xE7]] as [[UInt8]])
  func `a file in another encoding is refused`(_ bytes: [UInt8]) {
    let error = #expect(throws: DocumentError.self) { try resolve(bytes) }
    #expect(error?.description.contains("not UTF-8") == true)
  }

  @Test func `a bare name beside a file that is named without a folder`() throws {
    let reader = StrictReader("file:gupy", file: "gatilho.json")
    #expect(try Secret.source(reader, [:]) == .file("./gupy"))
  }
}
