/// A Huffman code of DEFLATE's kind, told by the length of each symbol's code alone (RFC 1951 §3.2.2).
struct HuffmanCode: Sendable {
  /// Bits that a code has at the most.
  static let longest = 15

  /// How many codes there are of each length.
  private var counts = [Int](repeating: 0, count: longest + 1)
  /// The symbols in the order of their codes.
  private let symbols: [Int]

  /// - Parameter lengths: 0 for a symbol that does not occur.
  init(_ lengths: ArraySlice<Int>) {
    for length in lengths where length > 0 { counts[length] += 1 }
    symbols = lengths.enumerated().filter { $0.element > 0 }
      .sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }.map(\.offset)
  }

  /// How far a code is read.
  struct Search {
    var length = 0
    fileprivate var code = 0
    fileprivate var first = 0
    fileprivate var index = 0
  }

  /// The symbol whose code ends with this bit; nil while the code goes on.
  ///
  /// Codes of one length follow each other, and the first of the next length follows the last of them
  /// with a zero behind it.
  func symbol(after bit: Int, _ search: inout Search) -> Int? {
    search.length += 1
    search.code = search.code << 1 | bit
    let count = counts[search.length]
    let place = search.code - search.first
    if 0..<count ~= place, search.index + place < symbols.count {
      return symbols[search.index + place]
    }
    search.index += count
    search.first = (search.first + count) << 1
    return nil
  }
}
