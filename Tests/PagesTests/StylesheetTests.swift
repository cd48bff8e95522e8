import Glibc
import TestSupport
import Testing

/// The page's colours, measured as WCAG 2.2 does.
@Suite struct StylesheetTests {
  private let style: String
  private let light: [Substring: Substring]
  private let dark: [Substring: Substring]

  init() throws {
    style = try projectText("Sources/Pages/page.css")
    let blocks = style.matches(of: /:root\s*\{([^}]*)\}/).map { block in
      let colours = block.1.matches(of: /--(\w+):(#[0-9a-f]{6});/).map { ($0.1, $0.2) }
      return Dictionary(uniqueKeysWithValues: colours)
    }
    try #require(blocks.count == 2)
    (light, dark) = (blocks[0], blocks[1])
  }

  /// What is written or drawn on what, and by how much the two must differ (WCAG 2.2 §1.4.3, §1.4.11).
  private static let pairs: [(front: Substring, ground: Substring, contrast: Double)] =
    ["page", "card"].flatMap { ground in ["text", "quiet", "link"].map { ($0, ground, 4.5) } }
    + ["good", "warn", "bad"].map { ("\($0)Text", "\($0)Ground", 4.5) }
    + ["accepted", "ignored", "waiting", "needing"].map { ($0, "card", 3) }

  private static func luminance(_ colour: Substring) -> Double {
    let parts = stride(from: 1, to: 7, by: 2).map { start -> Double in
      let value = Double(UInt8(colour.dropFirst(start).prefix(2), radix: 16) ?? 0) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private static func contrast(_ one: Substring, _ other: Substring) -> Double {
    let (a, b) = (luminance(one), luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  @Test func `contrast is what others measure`() {
    #expect(Self.contrast("#ffffff", "#000000") == 21)
    #expect(abs(Self.contrast("#777777", "#ffffff") - 4.48) < 0.01)
  }

  @Test(arguments: pairs.indices)
  func `each colour can be told from its ground, by light and by dark`(_ index: Int) throws {
    let (front, ground, contrast) = Self.pairs[index]
    for colours in [light, dark] {
      let measured = Self.contrast(
        try #require(colours[front]), try #require(colours[ground]))
      #expect(measured >= contrast, "\(front) on \(ground)")
    }
  }

  @Test func `every colour stands in light and in dark, and no rule has one of its own`() throws {
    #expect(Set(light.keys) == Set(dark.keys))
    let used = Set(style.matches(of: /var\(--(\w+)\)/).map(\.1))
    #expect(used == Set(light.keys))
    #expect(style.matches(of: /#[0-9a-f]{3}/).count == light.count + dark.count)
    #expect(!style.contains("url(") && !style.contains("@import") && !style.contains("<"))
  }
}
