/// The page's colours, in light and in dark: each text on its ground by WCAG 2.2 AA.
enum Palette: String, CaseIterable {
  /// The page, and the cards on it.
  case page, card
  /// Lines between them.
  case line
  /// Text, and what is said in passing.
  case text, quiet
  /// Links, and what has the focus.
  case link
  /// The ground and the words of a verdict.
  case goodGround, goodText, warnGround, warnText, badGround, badText
  /// The bars: accepted, nothing due, waiting, not delivered.
  case accepted, ignored, waiting, needing

  /// As CSS writes it.
  var light: String {
    switch self {
    case .page: "#f4f5f7"
    case .card: "#ffffff"
    case .line: "#d9dde3"
    case .text: "#1b222c"
    case .quiet: "#56606e"
    case .link: "#0b57c2"
    case .goodGround: "#dff3e4"
    case .goodText: "#0f4d25"
    case .warnGround: "#fdf0cf"
    case .warnText: "#5c3d00"
    case .badGround: "#fbe0de"
    case .badText: "#7d1414"
    case .accepted: "#1f8a4c"
    case .ignored: "#7d8896"
    case .waiting: "#b26a00"
    case .needing: "#c62f2f"
    }
  }

  /// As CSS writes it.
  var dark: String {
    switch self {
    case .page: "#11151b"
    case .card: "#1a2029"
    case .line: "#323b48"
    case .text: "#e6eaf0"
    case .quiet: "#a3aebd"
    case .link: "#84b6ff"
    case .goodGround: "#143522"
    case .goodText: "#b5ecc8"
    case .warnGround: "#3d2f0c"
    case .warnText: "#f9dd95"
    case .badGround: "#461b1b"
    case .badText: "#ffc4c0"
    case .accepted: "#46bd77"
    case .ignored: "#8793a3"
    case .waiting: "#e29a2d"
    case .needing: "#f2706b"
    }
  }

  /// What is written or drawn on what, and by how much the two must differ (WCAG 2.2 §1.4.3, §1.4.11).
  static let pairs: [(front: Palette, ground: Palette, contrast: Double)] =
    [.page, .card].flatMap { ground in [.text, .quiet, .link].map { ($0, ground, 4.5) } }
    + [(.goodText, .goodGround, 4.5), (.warnText, .warnGround, 4.5), (.badText, .badGround, 4.5)]
    + [.accepted, .ignored, .waiting, .needing].map { ($0, .card, 3) }
}
