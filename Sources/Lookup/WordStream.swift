/// Numbers as a file of 64-bit words, little endian, with a checksum behind them: the summary of a day
/// on which the provider was down has a hundred thousand.
struct WordStream {
  private var words: [UInt64] = []
  /// Which word is read next.
  private var place = 0

  /// Nothing is written yet.
  init() {}

  /// What a file holds; nil when it is not whole.
  init?(_ bytes: [UInt8]) {
    guard bytes.count % 8 == 0, !bytes.isEmpty else { return nil }
    words = bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 8).map {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
      }
    }
    guard words.removeLast() == checksum else { return nil }
  }

  /// The file's bytes.
  var bytes: [UInt8] {
    (words + [checksum]).flatMap { word in withUnsafeBytes(of: word.littleEndian, Array.init) }
  }

  private var checksum: UInt64 {
    words.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ $1) &* 0x0000_0100_0000_01b3 }
  }

  /// Whether every word was read.
  var isAtEnd: Bool { place == words.count }

  /// Adds a word.
  mutating func write(_ word: UInt64) { words.append(word) }

  /// Adds a number.
  mutating func write(_ number: Int) { words.append(UInt64(bitPattern: Int64(number))) }

  /// Adds a list: its length, then its elements.
  mutating func write<Element>(_ list: [Element], _ one: (inout Self, Element) -> Void) {
    write(list.count)
    for element in list { one(&self, element) }
  }

  /// Adds a text.
  mutating func write(_ text: String) {
    write(Array(text.utf8)) { $0.write(UInt64($1)) }
  }

  /// The next word; nil behind the end.
  mutating func word() -> UInt64? {
    guard place < words.count else { return nil }
    defer { place += 1 }
    return words[place]
  }

  /// The next number.
  mutating func number() -> Int? { word().map { Int(Int64(bitPattern: $0)) } }

  /// The next list, each element read by `one`.
  mutating func list<Element>(_ one: (inout Self) -> Element?) -> [Element]? {
    guard let count = number(), count >= 0, count <= words.count - place else { return nil }
    var list: [Element] = []
    list.reserveCapacity(count)
    for _ in 0..<count {
      guard let element = one(&self) else { return nil }
      list.append(element)
    }
    return list
  }

  /// The next text.
  mutating func text() -> String? {
    list { $0.word().flatMap(UInt8.init(exactly:)) }.map { String(decoding: $0, as: UTF8.self) }
  }
}
