/// Turns regrets into scores. Whole hundredths from 0 to 10000 throughout.
public enum StrategyIQ {
  /// The four parts of a score.
  public struct Parts: Sendable, Hashable {
    /// When the car stopped.
    public var pitTiming: Int32
    /// What it ran on, and how hard.
    public var tyreEfficiency: Int32
    /// What it did under and after safety cars; nil when there were none.
    public var safetyCarReaction: Int32?
    /// What came out in the end.
    public var raceOutcome: Int32

    /// The weighted mean, before it is mapped to the IQ.
    public var raw: Int32 {
      let sum = 35 * pitTiming + 20 * tyreEfficiency + 35 * raceOutcome
      return safetyCarReaction.map { (sum + 10 * $0) / 100 } ?? sum / 90
    }
  }

  /// Two raw scores whose IQ is fixed: of random legal plans, and of real plans of the first ten.
  public struct Anchors: Sendable, Hashable {
    /// Median raw score of random legal plans.
    public var randomRaw: Int32
    /// Median raw score of real plans of the first ten.
    public var realRaw: Int32
    /// The IQ of the random plans.
    public var randomIQ: Int32
    /// The IQ of the real plans.
    public var realIQ: Int32

    /// Anchors that rise.
    public init(randomRaw: Int32, realRaw: Int32, randomIQ: Int32 = 3900, realIQ: Int32 = 7300) {
      precondition(0 < randomRaw && randomRaw < realRaw && realRaw < 10000, "anchors must rise")
      self.randomRaw = randomRaw
      self.realRaw = realRaw
      self.randomIQ = randomIQ
      self.realIQ = realIQ
    }

    /// The anchors shipped.
    public static let standard = Anchors(ModelConstants.shipped.scoring)

    private init(_ scoring: ModelConstants.Scoring) {
      self.init(
        randomRaw: Int32(clamping: scoring.mapFrom[0]), realRaw: Int32(clamping: scoring.mapFrom[1]),
        randomIQ: Int32(clamping: scoring.mapTo[0]), realIQ: Int32(clamping: scoring.mapTo[1]))
    }

    /// The IQ of a raw score: straight lines through the anchors and both ends.
    public func iq(ofRaw raw: Int32) -> Int32 {
      let knots: [(raw: Int32, iq: Int32)] = [(0, 0), (randomRaw, randomIQ), (realRaw, realIQ), (10000, 10000)]
      guard let upper = knots.dropFirst().firstIndex(where: { raw <= $0.raw }) else { return 10000 }
      let (low, high) = (knots[upper - 1], knots[upper])
      guard raw > low.raw else { return low.iq }
      return low.iq + (high.iq - low.iq) * (raw - low.raw) / (high.raw - low.raw)
    }
  }

  /// The four parts of a run's score.
  ///
  /// `toOptimum` is the sum of the regrets, ms; `placesLost` counts from the place of the best possible finish.
  public static func parts(
    regrets: Charges, toOptimum: Int64, placesLost: Int, pitLossMilliseconds: Int64, hasNeutralisation: Bool
  ) -> Parts {
    let half = max(1, pitLossMilliseconds / 2)
    let places = max(0, 10000 - 1000 * Int64(max(0, placesLost)))
    let outcome = 70 * Int64(decay(toOptimum, over: max(1, 14 * pitLossMilliseconds / 10))) + 30 * places
    return Parts(
      pitTiming: decay(regrets.pit, over: half), tyreEfficiency: decay(regrets.tyre, over: half),
      safetyCarReaction: hasNeutralisation ? decay(regrets.safetyCar, over: half) : nil,
      raceOutcome: Int32(outcome / 100))
  }

  /// 10000·exp(-regret/scale) from a shipped table, the same on every machine; both in ms, the regret at least 0.
  public static func decay(_ regret: Int64, over scale: Int64) -> Int32 {
    guard regret < 10 * scale else { return 0 }
    let z = regret * 10_000 / scale
    let index = Int(z / 100)
    let (here, next) = (Int64(decayTable[index]), Int64(decayTable[index + 1]))
    return Int32(here - (here - next) * (z % 100) / 100)
  }
}
