extension RaceArtefact {
  /// One car's real race.
  public struct Car: Sendable, Equatable {
    /// Three-letter code.
    public let code: DriverCode
    /// The team's name.
    public let team: String
    /// Last counted lap.
    public let lastLap: Int
    /// Official place; nil when not classified.
    public let position: Int?
    /// Results status is "Finished" (also for lapped cars that took the flag).
    public let isFinisher: Bool
    /// Elapsed ms at the end of each lap, index 0...lapCount; index 0 is 0, -1 where unknown.
    public let elapsed: [Int64]
    /// The kind of each lap for this car; index 0 unused.
    public let kinds: [LapKind]
    /// The lap ends in the pit lane; index 0 unused.
    public let inLaps: [Bool]
    /// The lap began in the pit lane (lap 1 excepted); index 0 unused.
    public let outLaps: [Bool]
    /// Sets in the order used.
    public let stints: [Stint]
    /// Classified, with a pace and with every lap known: can be simulated.
    public let isPlayable: Bool
    /// Slot on the grid, pit lane counted behind everybody; nil when unknown.
    public let grid: Int?

    /// A car whose arrays all run from index 0 to the last lap of the race.
    package init(
      code: DriverCode, team: String, lastLap: Int, position: Int?, isFinisher: Bool, elapsed: [Int64],
      kinds: [LapKind], inLaps: [Bool], outLaps: [Bool], stints: [Stint], isPlayable: Bool, grid: Int?
    ) {
      self.code = code
      self.team = team
      self.lastLap = lastLap
      self.position = position
      self.isFinisher = isFinisher
      self.elapsed = elapsed
      self.kinds = kinds
      self.inLaps = inLaps
      self.outLaps = outLaps
      self.stints = stints
      self.isPlayable = isPlayable
      self.grid = grid
    }
  }

  /// One set of tyres.
  public struct Stint: Sendable, Equatable {
    /// The tyre.
    public let compound: Compound
    /// First lap driven on it.
    public let firstLap: Int
    /// Last lap driven on it.
    public let lastLap: Int
    /// Age in laps when it was fitted.
    public let ageAtStart: Int
    /// It was fitted under a red flag or at the start, so it cost no stop.
    public let isFree: Bool

    /// A set driven over those laps.
    package init(compound: Compound, firstLap: Int, lastLap: Int, ageAtStart: Int, isFree: Bool) {
      self.compound = compound
      self.firstLap = firstLap
      self.lastLap = lastLap
      self.ageAtStart = ageAtStart
      self.isFree = isFree
    }
  }
}
