import JSON

/// A text as people compare it: upper and lower case, accents and spacing do not matter.
///
/// Texts that are canonically equal in Unicode fold to the same, however they are composed.
package struct FoldedText: Hashable, Sendable {
  /// Compared and hashed by canonical equivalence.
  private let characters: [Character]

  /// Trims the text, collapses white space inside it, takes out what nobody sees, lowers its case, and
  /// takes the accents off Latin letters; other scripts keep theirs. Linear in the text's length, and
  /// so is comparing the result.
  package init(_ text: String) {
    let words = BoundedMarks.bound(text).lowercased().visibleWords
    characters = words.joined(separator: " ").map(Self.withoutAccents)
  }

  /// The letters and digits that stand together, in their order.
  var words: [String] {
    characters.split { !$0.isLetter && !$0.isNumber }.map { String($0) }
  }

  /// Whether the whole of this text is what `pattern` says, in which each `*` stands for any run
  /// of characters, also none. Takes at most text × pattern steps.
  package func matches(pattern: FoldedText) -> Bool {
    let pattern = pattern.characters
    var (position, next) = (0, 0)
    var retry: (position: Int, next: Int)?
    while position < characters.count {
      if next < pattern.count, pattern[next] == "*" {
        next += 1
        retry = (position, next)
      } else if next < pattern.count, pattern[next] == characters[position] {
        (position, next) = (position + 1, next + 1)
      } else if let lastStar = retry {
        // The last star takes one character more; the stars before it never need to.
        (position, next) = (lastStar.position + 1, lastStar.next)
        retry = (position, next)
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == "*" }
  }

  /// The bare letter of a Latin letter with marks, composed or not; any other character as it is.
  private static func withoutAccents(_ character: Character) -> Character {
    if character.isASCII { return character }
    let scalars = character.unicodeScalars
    guard let first = scalars.first,
      scalars.dropFirst().allSatisfy({ $0.properties.generalCategory == .nonspacingMark })
    else { return character }
    return "a"..."z" ~= first ? Character(first) : LatinLetters.bare[first] ?? character
  }
}

extension FoldedText: CustomStringConvertible {
  /// The text as it is compared.
  package var description: String { String(characters) }
}

/// The Latin letters that Unicode also has in one piece with their marks.
private enum LatinLetters {
  /// From a lower-case letter with marks, one scalar, to the letter alone.
  ///
  /// These are all letters whose canonical decomposition (UnicodeData.txt) begins with `a` to
  /// `z`, and six whose stroke or missing dot Unicode does not take for a mark.
  static let bare: [Unicode.Scalar: Character] = {
    var letters: [Unicode.Scalar: Character] = [:]
    for (letter, marked) in rows {
      for scalar in marked.unicodeScalars { letters[scalar] = letter }
    }
    return letters
  }()

  private static let rows: [(Character, String)] = [
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ("b", "ḃḅḇ"),
    ("c", "çćĉċčḉ"),
    ("d", "ďḋḍḏḑḓđ"),
    ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
    ("f", "ḟ"),
    ("g", "ĝğġģǧǵḡ"),
    ("h", "ĥȟḣḥḧḩḫẖħ"),
    ("i", "ìíîïĩīĭįǐȉȋḭḯỉịı"),
    ("j", "ĵǰ"),
    ("k", "ķǩḱḳḵ"),
    ("l", "ĺļľḷḹḻḽł"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňǹṅṇṉṋ"),
    ("o", "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợø"),
    ("p", "ṕṗ"),
    ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšșṡṣṥṧṩ"),
    ("t", "ţťțṫṭṯṱẗŧ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
    ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷȳẏẙỳỵỷỹ"),
    ("z", "źżžẑẓẕ"),
  ]
}
