/// Unpacks what DEFLATE has packed (RFC 1951), no further than a limit.
struct Inflation {
  /// Where the next byte stands that is not read.
  private(set) var end: Int
  private let bytes: ArraySlice<UInt8>
  private let limit: Int
  private var output: [UInt8] = []
  /// Bits of the byte before `end` that are not read, the next one lowest.
  private var bits: UInt32 = 0
  private var bitCount = 0

  init(_ bytes: ArraySlice<UInt8>, limit: Int) {
    self.bytes = bytes
    self.limit = limit
    end = bytes.startIndex
  }

  /// Blocks that are read; even those that hold nothing have codes to be made.
  private static let mostBlocks = 4_096

  /// Why nothing comes of it: broken, cut off, or too long.
  private struct Failure: Error {}

  /// What is packed; nil for what is broken, cut off or longer than the limit.
  mutating func contents() -> [UInt8]? {
    do throws(Failure) {
      for _ in 0..<Self.mostBlocks {
        let isLast = try take(1) == 1
        try readBlock(kind: take(2))
        if isLast { return output }
      }
      return nil
    } catch {
      return nil
    }
  }

  private mutating func readBlock(kind: Int) throws(Failure) {
    switch kind {
    case 0: try readStored()
    case 1: try readPacked(Self.fixedLiterals, Self.fixedDistances)
    case 2:
      let (literals, distances) = try codes()
      try readPacked(literals, distances)
    default: throw Failure()
    }
  }

  private mutating func take(_ count: Int) throws(Failure) -> Int {
    while bitCount < count {
      guard end < bytes.endIndex else { throw Failure() }
      bits |= UInt32(bytes[end]) << UInt32(bitCount)
      end += 1
      bitCount += 8
    }
    let value = bits & (1 << UInt32(count) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func put(_ byte: UInt8) throws(Failure) {
    guard output.count < limit else { throw Failure() }
    output.append(byte)
  }

  /// §3.2.4. What is left of a byte is skipped; never is a whole one left.
  private mutating func readStored() throws(Failure) {
    (bits, bitCount) = (0, 0)
    let (length, complement) = (try take(16), try take(16))
    guard length == ~complement & 0xFFFF, length <= bytes.endIndex - end else { throw Failure() }
    for byte in bytes[end..<end + length] { try put(byte) }
    end += length
  }

  /// §3.2.3.
  private mutating func readPacked(
    _ literals: HuffmanCode, _ distances: HuffmanCode
  ) throws(Failure) {
    while true {
      let symbol = try next(literals)
      switch symbol {
      case ..<256: try put(UInt8(symbol))
      case 256: return
      default: try copy(try length(symbol - 257), from: try distance(try next(distances)))
      }
    }
  }

  private mutating func copy(_ length: Int, from distance: Int) throws(Failure) {
    guard distance <= output.count else { throw Failure() }
    for _ in 0..<length { try put(output[output.count - distance]) }
  }

  /// §3.2.5: a base and some bits more, of which one comes with every fourth code.
  private mutating func length(_ code: Int) throws(Failure) -> Int {
    guard code < 29 else { throw Failure() }
    if code == 28 { return 258 }
    if code < 8 { return code + 3 }
    let more = code / 4 - 1
    return 3 + (4 + code % 4) << more + (try take(more))
  }

  private mutating func distance(_ code: Int) throws(Failure) -> Int {
    guard code < 30 else { throw Failure() }
    if code < 4 { return code + 1 }
    let more = code / 2 - 1
    return 1 + (2 + code % 2) << more + (try take(more))
  }

  private mutating func next(_ code: HuffmanCode) throws(Failure) -> Int {
    var search = HuffmanCode.Search()
    while search.length < HuffmanCode.longest {
      if let symbol = code.symbol(after: try take(1), &search) { return symbol }
    }
    throw Failure()
  }

  /// §3.2.7: the lengths of two codes, themselves packed by a third.
  private mutating func codes() throws(Failure) -> (HuffmanCode, HuffmanCode) {
    let (literals, distances) = (try take(5) + 257, try take(5) + 1)
    let lengths = try lengths(literals + distances, by: try codeOfLengths(try take(4) + 4))
    return (HuffmanCode(lengths[..<literals]), HuffmanCode(lengths[literals...]))
  }

  private mutating func codeOfLengths(_ count: Int) throws(Failure) -> HuffmanCode {
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var lengths = [Int](repeating: 0, count: order.count)
    for index in order.prefix(count) { lengths[index] = try take(3) }
    return HuffmanCode(lengths[...])
  }

  private mutating func lengths(_ count: Int, by code: HuffmanCode) throws(Failure) -> [Int] {
    var lengths: [Int] = []
    while lengths.count < count {
      switch try next(code) {
      case let length where length < 16: lengths.append(length)
      case 16:
        guard let last = lengths.last else { throw Failure() }
        lengths += [Int](repeating: last, count: 3 + (try take(2)))
      case 17: lengths += [Int](repeating: 0, count: 3 + (try take(3)))
      default: lengths += [Int](repeating: 0, count: 11 + (try take(7)))
      }
    }
    guard lengths.count == count else { throw Failure() }
    return lengths
  }

  /// §3.2.6.
  private static let fixedLiterals = HuffmanCode(
    ((0..<144).map { _ in 8 } + (144..<256).map { _ in 9 } + (256..<280).map { _ in 7 }
      + (280..<288).map { _ in 8 })[...])
  private static let fixedDistances = HuffmanCode([Int](repeating: 5, count: 30)[...])
}
