/// Random numbers that are the same for the same seed (SplitMix64, Steele, Lea and Flood 2014).
package struct Dice: RandomNumberGenerator {
  private var state: UInt64

  /// The numbers of one stream of a run; those of its neighbour have nothing to do with them.
  package init(seed: UInt64, stream: Int) {
    state = Self.mixed(seed ^ Self.mixed(UInt64(stream)))
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.mixed(state)
  }

  /// True in so many of a hundred cases.
  package mutating func isLucky(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &self) < percent
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    let first = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    let second = (first ^ first >> 27) &* 0x94d0_49bb_1331_11eb
    return second ^ second >> 31
  }
}
