/// Random numbers that are the same on every platform for one seed (Steele, Lea and Flood, 2014).
package struct SplitMix: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The sequence of that seed.
  package init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A uniform number strictly between 0 and 1.
  package mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

  /// A uniform whole number of the range; the bias is below 2^-40 for the small ranges of a race.
  package mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(uniform() * Double(range.count))
  }

  /// A number of mean 0 and standard deviation 1, by the sum of twelve uniforms: no library function is needed, so
  /// every platform gives the same bits.
  package mutating func normal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += uniform() }
    return sum
  }
}
