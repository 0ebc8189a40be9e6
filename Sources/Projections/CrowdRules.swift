internal import Events
internal import Racing

/// The numbers by which runs count for windows and ratings. Another set of rules makes another history of the same log.
public struct CrowdRules: Sendable, Equatable {
  /// A ranked run counts for windows from this IQ on, hundredths.
  public var acceptedIQ: Int64 = 7500
  /// As many users with equal plans in one slot are a cluster.
  public var clusterUsers: UInt32 = 5
  /// Length of a slot of event time, seconds.
  public var slotSeconds: Int64 = 600
  /// What a user without ranked first attempts may contribute to a window, millionths of a perfect run.
  public var reputationBase: Int64 = 200_000
  /// What each race with a ranked first attempt adds …
  public var reputationStep: Int64 = 160_000
  /// … up to this many races.
  public var reputationRaces: Int64 = 5
  /// Counted runs from which on a user is listed.
  public var listedRuns: Int64 = 5
  /// Weight of the prior in runs.
  public var priorRuns: Int64 = 5
  /// The prior rating, hundredths.
  public var priorRating: Int64 = 6000
  /// Standard deviation of the prior, hundredths.
  public var priorDeviation: Int64 = 1500

  /// Weights of the four parts of a score; nil takes the IQ that each run was given when it finished.
  public var scoreWeights: ScoreWeights?

  /// Weights of the four parts of a score, in parts of their sum.
  public struct ScoreWeights: Sendable, Equatable {
    /// Of when to stop.
    public var pitTiming: Int64
    /// Of which tyre.
    public var tyreEfficiency: Int64
    /// Of what was made of neutralisations.
    public var safetyCarReaction: Int64
    /// Of the finish.
    public var raceOutcome: Int64

    /// Four weights, none below zero; those besides the safety car's must not all be zero.
    public init(pitTiming: Int64, tyreEfficiency: Int64, safetyCarReaction: Int64, raceOutcome: Int64) {
      self.pitTiming = pitTiming
      self.tyreEfficiency = tyreEfficiency
      self.safetyCarReaction = safetyCarReaction
      self.raceOutcome = raceOutcome
    }

    var all: [Int64] { [pitTiming, tyreEfficiency, safetyCarReaction, raceOutcome] }

    /// The IQ of a run by these weights, hundredths.
    func iq(_ event: SimulationFinished) -> Int32 {
      let sum =
        pitTiming * Int64(event.pitTiming) + tyreEfficiency * Int64(event.tyreEfficiency)
        + raceOutcome * Int64(event.raceOutcome)
      let weight = pitTiming + tyreEfficiency + raceOutcome
      let raw =
        event.safetyCarReaction.map { (sum + safetyCarReaction * Int64($0)) / (weight + safetyCarReaction) }
        ?? sum / weight
      return StrategyIQ.Anchors.standard.iq(ofRaw: Int32(raw))
    }
  }

  /// The rules in force.
  public static let standard = CrowdRules()

  /// The rules in force, to change some of them.
  public init() {}

  /// Weight of an accepted run before clusters, millionths: 1,000,000 for a perfect first attempt.
  func weight(iq: Int64, attempt: Int64) -> Int64 {
    let skill = 250 + 750 * (iq - acceptedIQ) / max(1, 10_000 - acceptedIQ)
    // 1,000,000 fits into twenty bits: from the twenty-first attempt on nothing is left of the factor.
    let attemptFactor = attempt > 20 ? 0 : Int64(1_000_000) >> (attempt - 1)
    return 1000 * skill * (250_000 + 750_000 * attemptFactor / 1_000_000) / 1_000_000
  }

  /// The most a user may contribute to one window, millionths.
  func cap(countedRuns: Int64) -> Int64 { reputationBase + reputationStep * min(reputationRaces, countedRuns) }

  func write(to sink: inout some StateSink) {
    sink.write([
      acceptedIQ, Int64(clusterUsers), slotSeconds, reputationBase, reputationStep, reputationRaces, listedRuns,
      priorRuns, priorRating, priorDeviation,
    ])
    sink.write(scoreWeights?.all ?? [])
  }
}
