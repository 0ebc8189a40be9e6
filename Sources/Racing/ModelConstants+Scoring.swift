extension ModelConstants {
  /// How often races are neutralised.
  package struct Neutralisation: Decodable, Sendable, Equatable {
    /// Chance of a safety car to begin on a lap.
    @Fraction package var safetyCarStart: Double
    /// Chance of a virtual safety car to begin on a lap.
    @Fraction package var virtualSafetyCarStart: Double
    /// Mean length in laps.
    @Fraction package var safetyCarLaps: Double
    /// Mean length in laps.
    @Fraction package var virtualSafetyCarLaps: Double
    /// Chance of a safety car in a race, over all circuits.
    package let typicalSafetyCarMillionths: Int64
  }

  /// Thresholds of an autopsy.
  package struct Autopsy: Decodable, Sendable, Equatable {
    /// A green lap further from its simulation is an incident …
    package let incidentMilliseconds: Int64
    /// … and further than this many residual scales.
    package let incidentScales: Int
    /// Smaller costs bear no blame.
    package let blameMilliseconds: Int64
    /// A named cause exceeds this …
    package let nameMilliseconds: Int64
    /// … and this share.
    package let namePercent: Int
    /// Smaller losses are not divided.
    package let meaningfulMilliseconds: Int64
    /// Time a grid slot costs when the race does not show it.
    package let slotDefaultMilliseconds: Int64
    /// The most a grid slot may cost.
    package let slotLimitMilliseconds: Int64
    /// Shorter races of a driver are not decomposed.
    package let minimumLaps: Int
  }

  /// The Strategy IQ.
  package struct Scoring: Decodable, Sendable, Equatable {
    /// Percent of pit timing, tyres, outcome and safety-car reaction.
    package let weights: [Int]
    /// A decision with no more regret is optimal.
    package let optimalMilliseconds: Int64
    /// Stops with no more regret are in the window.
    package let windowMilliseconds: Int64
    /// Decay of decision scores in tenths of the pit loss.
    package let decisionDecayTenths: Int
    /// Decay of the outcome score in tenths of the pit loss.
    package let outcomeDecayTenths: Int
    /// Raw scores of random legal plans and of real top-ten plans.
    package let mapFrom: [Int64]
    /// What the published scale makes of them.
    package let mapTo: [Int64]
  }

  /// Crowd windows.
  package struct Crowd: Decodable, Sendable, Equatable {
    /// Share of the density a window holds.
    @Fraction package var mass: Double
    /// Weight of the prior in users.
    package let priorUsers: Int
    /// Smallest bandwidth.
    package let kernelFloorLaps: Int
  }

  /// The leaderboard's rating.
  package struct Rating: Decodable, Sendable, Equatable {
    /// Weight of the prior in runs.
    package let priorRuns: Int
    /// The prior rating in hundredths.
    package let priorHundredths: Int64
  }
}
