import FastCGI
import FoundationEssentials
import Handler
import JSON
import Sandbox
import TestSupport
import Testing

/// The status page as a browser gets it.
@Suite struct StatusTests {
  /// Asks a worker, and returns the whole answer.
  private func ask(_ stage: Stage, _ query: String = "", method: String = "GET") -> String {
    stage.ask(
      [
        ("REQUEST_METHOD", method), ("GATILHO_ENDPOINT", "status"), ("QUERY_STRING", query),
        ("GATILHO_CONFIG", stage.folder.configuration),
      ], [])
  }

  @Test func `the page is for this host, by nginx, and takes nothing but the query`() async throws {
    try await onStage { (stage, gupy) async throws in
      _ = try await gupy.post(moved(1).body)
      let page = try await stage.look("/gatilho_status").get()
      #expect(page.status == 200)
      let text = String(decoding: page.body, as: UTF8.self)
      #expect(text.contains("<html lang=\"pt-BR\">"))
      #expect(text.contains("href=\"?application=1\""))
      let story = try await stage.look("/gatilho_status?lang=en&application=1").get()
      #expect(String(decoding: story.body, as: UTF8.self).contains("the provider accepted it"))
      #expect(try await stage.look("/gatilho_status?x=1").get().status == 400)
      #expect(try await stage.look("/gatilho_status?q=none").get().status == 404)
      #expect(try await stage.look("/gatilho_status/outra").get().status == 404)
      #expect(try await stage.look("/gatilho_status").post([]).status == 405)
    }
    try await onStage(nginx: ["  allow 127.0.0.1;\n": ""]) { (stage, _) async throws in
      #expect(try await stage.look("/gatilho_status").get().status == 403)
      #expect(try await stage.look("/gatilho_metrics").get().status == 403)
    }
  }

  @Test func `a browser is told to let nothing in, and to keep nothing`() async throws {
    try await onStage(workers: 1) { (stage, _) async throws in
      for query in ["", "q=none", "x=1"] {
        let answer = ask(stage, query)
        let nonce = try #require(answer.firstMatch(of: /style-src 'nonce-([0-9a-f]+)'/)?.1)
        #expect(answer.contains("<style nonce=\"\(nonce)\">"))
        #expect(answer.contains("Content-Security-Policy: default-src 'none';"))
        #expect(answer.contains("form-action 'self'; frame-ancestors 'none'; base-uri 'none'\r\n"))
        #expect(answer.contains("Cache-Control: no-store\r\n"))
        #expect(answer.contains("Referrer-Policy: no-referrer\r\n"))
        #expect(answer.contains("X-Content-Type-Options: nosniff\r\n"))
        #expect(answer.contains("Content-Type: text/html; charset=utf-8\r\n"))
        #expect(!answer.contains(" style=") && !answer.contains("<script"))
        #expect(!ask(stage, query).contains(nonce))
      }
      let head = ask(stage, method: "HEAD")
      #expect(head.hasPrefix("Status: 200 ") && head.hasSuffix("Content-Length: 0\r\n\r\n"))
      #expect(ask(stage, method: "POST").hasPrefix("Status: 405 "))
    }
  }

  @Test func `every part of the page is a landmark or stands in one, with a heading`() async throws
  {
    try await onStage(workers: 1) { (stage, gupy) async throws in
      _ = try await gupy.post(moved(1).body)
      for query in ["", "lang=en", "application=1"] {
        let page = ask(stage, query)
        for name in ["header", "main", "nav", "footer", "h1"] {
          let element = try Regex("<\(name)[ >]")
          #expect(page.matches(of: element).count == 1, "\(name)")
        }
        let parts = try PagePart.all(of: page)
        #expect(
          parts.filter { $0.parents.last == "body" }.map(\.name) == ["header", "main", "footer"])
        #expect(parts.contains { $0.name == "section" && $0.parents.last == "main" })
        for (part, next) in zip(parts, parts.dropFirst()) where part.name == "article" {
          #expect(next.name.wholeMatch(of: /h[2-6]/) != nil)
        }
        for part in parts where part.name == "section" {
          let label = try #require(part.attribute("aria-labelledby"))
          let heading = try #require(parts.first { $0.attribute("id") == label }, "\(label)")
          #expect(heading.name.wholeMatch(of: /h[1-6]/) != nil, "\(label)")
          #expect(heading.parents.last == "section", "\(label)")
        }
      }
    }
  }

  @Test func `what a candidate, a job or a step is called is text`() async throws {
    let script = "<script>alert(1)</script>"
    try await onStage(workers: 1) { (stage, gupy) async throws in
      var event = moved(1)
      (event.name, event.job, event.step, event.id) = (script, script, script, "\"'\(script)")
      _ = try await gupy.post(event.body)
      for query in ["", "lang=en", "application=1", "q=%22%27%3Cscript%3Ealert(1)%3C%2Fscript%3E"] {
        let page = ask(stage, query)
        #expect(page.hasPrefix("Status: 200 "))
        #expect(!page.contains("<script"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      }
      let unknown = ask(stage, "q=%3Cscript%3Ealert(2)")
      #expect(unknown.hasPrefix("Status: 404 ") && unknown.contains("&lt;script&gt;alert(2)"))
    }
  }

  @Test func `nobody's data are on it beyond masks`() async throws {
    try await onStage(workers: 1) { (stage, gupy) async throws in
      for event in [moved(1), applied(2, mobile: Marker.mobile("0400"))] {
        _ = try await gupy.post(event.body)
      }
      for query in ["", "application=1", "application=2&lang=en"] {
        let page = ask(stage, query)
        #expect(page.contains("N*** "))
        for value in [Marker.letters, Marker.cpf, String(Marker.mobile().dropFirst().prefix(9))] {
          #expect(!page.contains(value))
        }
        #expect(!page.contains(StageConfiguration.secret) && !page.contains(StageConfiguration.key))
      }
    }
  }

  @Test func `it says in words what is wrong, whom messages go to, and what mends it`() async throws
  {
    try await onStage(workers: 1, changes: ["recipients": "nobody"]) { (stage, gupy) async throws in
      #expect(ask(stage, "lang=en").contains("Nobody (dry run)"))
      #expect(ask(stage, "lang=en").contains("gatilhoctl retry has never run."))
      _ = try await stage.retry()
      #expect(ask(stage, "lang=en").contains("All is well."))
      #expect(ask(stage).contains("Está tudo bem."))
      let numbers = ["0400", "0503"].map { JSONValue.string(Marker.mobile($0)) }
      try stage.change("recipients", to: .array(numbers))
      #expect(ask(stage, "lang=en").contains("Pilot: 2 numbers"))
      _ = try await gupy.post(applied(1, mobile: Marker.mobile("0400")).body)
      let attention = ask(stage, "lang=en")
      #expect(attention.contains("One event needs action, see below."))
      #expect(attention.contains("<code>gatilhoctl retry --status rejected</code>"))
      for number in 2...4 {
        _ = try await gupy.post(applied(Int64(number), mobile: Marker.mobile("0503")).body)
      }
      let down = ask(stage, "lang=en")
      #expect(down.contains("Something is wrong"))
      #expect(down.contains("The provider failed three times in a row"))
      try FileManager.default.removeItem(atPath: stage.folder.state)
      #expect(ask(stage).hasPrefix("Status: 503 "))
    }
  }

  @Test func `a customer's page is a line of nginx's map`() async throws {
    let line = "/gatilho_status/padaria /etc/gatilho/padaria.json;"
    try await onStage(nginx: ["# \(line)": line]) { (stage, gupy) async throws in
      let state = stage.folder.file("padaria")
      try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
      try String(contentsOfFile: stage.folder.configuration, encoding: .utf8)
        .replacing(stage.folder.state, with: state)
        .write(toFile: stage.folder.file("padaria.json"), atomically: false, encoding: .utf8)
      _ = try await gupy.post(moved(1).body)
      let page = try await stage.look("/gatilho_status/padaria").get()
      #expect(page.status == 200)
      #expect(!String(decoding: page.body, as: UTF8.self).contains("?application=1"))
    }
  }
}

/// An element of a page.
private struct PagePart {
  let name: String
  let attributes: Substring
  /// The names of those in which it stands, from the outermost.
  let parents: [String]

  func attribute(_ name: String) -> String? {
    attributes.matches(of: /([a-z-]+)="([^"]*)"/).first { $0.1 == name }.map { String($0.2) }
  }

  /// All of a page, whose elements must all be closed in their order.
  static func all(of page: String) throws -> [PagePart] {
    let void: Set = ["br", "hr", "img", "input", "link", "meta"]
    var (open, all) = ([String](), [PagePart]())
    for tag in page.matches(of: /<(\/?)([a-z][a-z0-9]*)([^>]*)>/) {
      let name = String(tag.2)
      if !tag.1.isEmpty {
        let last = open.popLast()
        try #require(last == name)
        continue
      }
      all.append(PagePart(name: name, attributes: tag.3, parents: open))
      if !void.contains(name) { open.append(name) }
    }
    #expect(open.isEmpty)
    return all
  }
}
