import Testing

@testable import Pages

@Suite struct HTMLTests {
  @Test func `data is text wherever it stands`() {
    let evil = #"<script>alert(1)</script>&"'"#
    let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;"
    #expect(HTML(text: evil).markup == escaped)
    let page = HTML("p", ["title": evil]) {
      evil
      [HTML(text: evil)]
    }
    #expect(page.markup == "<p title=\"\(escaped)\">\(escaped)\(escaped)</p>")
    #expect(HTML(void: "input", ["value": evil]).markup == "<input value=\"\(escaped)\">")
  }

  @Test func `what no document may hold becomes a space`() {
    #expect(HTML(text: "a\0b\u{1B}c\nd\u{85}e\u{7F}").markup == "a b c d e ")
    #expect(HTML(text: "e\u{301} 🙂 \u{202E}").markup == "e\u{301} 🙂 \u{202E}")
  }
}
