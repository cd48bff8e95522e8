import Glibc
import Testing

@testable import Handler
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

/// The page's colours, measured as WCAG 2.2 does.
@Suite struct PaletteTests {
  private static func luminance(_ colour: String) -> Double {
    let parts = stride(from: 1, to: 7, by: 2).map { start -> Double in
      let value = Double(UInt8(colour.dropFirst(start).prefix(2), radix: 16) ?? 0) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private static func contrast(_ one: String, _ other: String) -> Double {
    let (a, b) = (luminance(one), luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  @Test func `contrast is what others measure`() {
    #expect(Self.contrast("#ffffff", "#000000") == 21)
    #expect(abs(Self.contrast("#777777", "#ffffff") - 4.48) < 0.01)
  }

  @Test(arguments: Palette.pairs.indices)
  func `each colour can be told from its ground, by light and by dark`(_ index: Int) {
    let (front, ground, contrast) = Palette.pairs[index]
    #expect(Self.contrast(front.light, ground.light) >= contrast, "\(front) on \(ground)")
    #expect(Self.contrast(front.dark, ground.dark) >= contrast, "\(front) on \(ground), dark")
  }

  @Test func `the style uses the palette's colours and nothing from elsewhere`() {
    let style = Stylesheet.page.text
    for match in style.matches(of: /var\(--([A-Za-z]+)\)/) {
      #expect(Palette(rawValue: String(match.1)) != nil, "\(match.1)")
    }
    let rules = style.split(separator: "*{box-sizing").last ?? ""
    #expect(!rules.contains(/#[0-9a-f]{3}/))
    #expect(!style.contains("url(") && !style.contains("@import") && !style.contains("<"))
  }
}
