/// What a fitted race publishes: whole numbers only, from which simulation, optimum, regrets and scores follow.
///
/// Built once per race content and model version; a replay loads it and never fits again.
public struct RaceArtefact: Sendable, Equatable {
  /// The race.
  public let key: RaceKey
  /// Hash of the constants and of the algorithm that made it.
  public let modelVersion: String
  /// Hash of the race record it was made from.
  public let recordDigest: String
  /// Laps of the race.
  public let lapCount: Int
  /// More than one row in fifty was driven on intermediates or wets.
  public let isWet: Bool
  /// The race was made by the generator.
  public let isSynthetic: Bool
  /// Compounds that somebody used, ascending.
  public let compounds: [Compound]
  /// Per compound of `compounds`: laps beyond which its wear is not extrapolated.
  public let stintCaps: [Int]
  /// The rules that bind strategy.
  public let rules: RaceRules
  /// Everybody's real race, by code ascending.
  public let cars: [Car]
  /// Figures of the field by lap; index 0 is unused.
  public let laps: [FieldLap]
  /// Time lost in the pit lane.
  public let pitLoss: PitLoss
  /// How a car follows and passes.
  public let follow: FollowMap
  /// Pace of everybody with a fitted pace, parallel to `cars`; nil for ghosts without one.
  public let paces: [PaceTable?]
  /// Parameters of the fit and its scale, for display and audit: name and value in microseconds.
  public let parameters: [Parameter]
  /// SHA-256 of the canonical bytes, in lower-case hexadecimal.
  public let hash: String

  /// A named number of the fit.
  public struct Parameter: Sendable, Equatable {
    /// Such as `phi`, `team.Red Bull Racing`, `scale`.
    public let name: String
    /// In millionths of a second.
    public let microseconds: Int64
  }

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
  }

  /// Figures of the field for one lap.
  public struct FieldLap: Sendable, Equatable {
    /// Multiplier of pace, in millionths, already inside the pace tables: 1,000,000 on a green lap.
    public let paceMillionths: Int64
    /// The pace behind the safety car; used where the lap's kind is `safetyCar`.
    public let safetyCarMilliseconds: Int64
    /// Earliest elapsed time of any car at the end of the lap; nobody ends a safety-car lap before it.
    public let floorMilliseconds: Int64
    /// Median duration of the lap over cars neither entering nor leaving the pits.
    public let medianDurationMilliseconds: Int64
  }

  /// Time lost by a stop, split at the line.
  public struct PitLoss: Sendable, Equatable {
    /// Lost on the in-lap; may be negative where the line lies before the box.
    public let inMilliseconds: Int64
    /// Lost on the out-lap.
    public let outMilliseconds: Int64
    /// 10 % quantile of the lane time of the race.
    public let laneBestMilliseconds: Int64
    /// Median lane time of the race.
    public let laneMedianMilliseconds: Int64
  }

  /// The monotone follow map: gap at the line as a function of clean-air advantage.
  public struct FollowMap: Sendable, Equatable {
    /// An advantage of at least this much passes.
    public let thetaMilliseconds: Int64
    /// Advantage at each knot, ascending.
    public let knotDeltas: [Int64]
    /// Gap at each knot.
    public let knotGaps: [Int64]
  }
}

/// What a lap was like.
public enum LapKind: UInt8, Sendable, Hashable, CaseIterable {
  case green = 0
  case yellow = 1
  case virtualSafetyCar = 2
  case safetyCar = 3
  case red = 4
}
