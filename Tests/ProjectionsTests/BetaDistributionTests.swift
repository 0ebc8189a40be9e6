import TestSupport
import Testing

@testable import Projections

@Suite struct `A beta distribution` {
  /// Simpson's rule on x = u³(10 - 15u + 6u²), which is flat at both ends, so that roots at 0 and 1 do no harm.
  private func integral(_ alpha: Double, _ beta: Double, to value: Double) -> Double {
    func x(_ u: Double) -> Double { u * u * u * (10 - 15 * u + 6 * u * u) }
    func slope(_ u: Double) -> Double { 30 * u * u * (1 - u) * (1 - u) }
    let constant = logGamma(alpha + beta) - logGamma(alpha) - logGamma(beta)
    func density(_ u: Double) -> Double {
      let (low, high) = (x(u), x(1 - u))
      guard low > 0, high > 0 else { return 0 }
      return slope(u) * exponential(constant + (alpha - 1) * logarithm(low) + (beta - 1) * logarithm(high))
    }
    var (low, high) = (0.0, 1.0)
    while high - low > 1e-15 {
      let middle = (low + high) / 2
      if x(middle) < value { low = middle } else { high = middle }
    }
    let steps = 20_000
    let width = high / Double(steps)
    var sum = density(0) + density(high)
    for step in 1..<steps { sum += (step % 2 == 1 ? 4 : 2) * density(Double(step) * width) }
    return sum * width / 3
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `is the integral of its density`(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let scale = [2.0, 20, 200, 2000][Int(seed % 4)]
    let alpha = 0.5 + scale * Double(random.number(0...1000)) / 1000
    let beta = 0.5 + scale * Double(random.number(0...1000)) / 1000
    let distribution = BetaDistribution(alpha: alpha, beta: beta)
    let spread = (distribution.mean * (1 - distribution.mean) / (alpha + beta + 1)).squareRoot()
    for offset in [-2.0, -1, -0.3, 0, 0.3, 1, 2] {
      let value = distribution.mean + offset * spread
      guard value > 0.001, value < 0.999 else { continue }
      let expected = integral(alpha, beta, to: value)
      #expect(abs(distribution.cumulative(value) - expected) < 1e-6, "Beta(\(alpha), \(beta)) at \(value)")
    }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `has quantiles that turn it round`(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let alpha = 0.5 + Double(random.number(0...100_000)) / 500
    let beta = 0.5 + Double(random.number(0...100_000)) / 500
    let distribution = BetaDistribution(alpha: alpha, beta: beta)
    var before = 0.0
    for share in [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] {
      let value = distribution.quantile(share)
      #expect(value >= before)
      #expect(distribution.cumulative(value - 1e-8) <= share)
      #expect(distribution.cumulative(value + 1e-8) >= share)
      before = value
    }
  }

  @Test func `has the values of its simple cases`() {
    #expect(abs(BetaDistribution(alpha: 1, beta: 1).cumulative(0.3) - 0.3) < 1e-12)
    #expect(abs(BetaDistribution(alpha: 3, beta: 1).cumulative(0.5) - 0.125) < 1e-12)
    #expect(abs(BetaDistribution(alpha: 1, beta: 4).cumulative(0.5) - (1 - 0.0625)) < 1e-12)
    // The arcsine distribution.
    #expect(abs(BetaDistribution(alpha: 0.5, beta: 0.5).cumulative(0.25) - 1.0 / 3) < 1e-12)
    for alpha in [0.5, 2, 77, 1e4] {
      #expect(abs(BetaDistribution(alpha: alpha, beta: alpha).cumulative(0.5) - 0.5) < 1e-9)
    }
    #expect(BetaDistribution(alpha: 2, beta: 3).cumulative(0) == 0)
    #expect(BetaDistribution(alpha: 2, beta: 3).cumulative(1) == 1)
  }
}
