/// One race in the few figures that teams, seasons and heatmaps are added up from. Milliseconds, positive is time lost.
public struct RaceDigest: Sendable, Equatable {
  /// One cause of one driver.
  public struct Cost: Sendable, Equatable {
    /// What it cost.
    public var milliseconds: Int64
    /// The lower and upper end of the interval of nine in ten refits; nil without intervals.
    public var interval: ClosedRange<Int64>?
    /// Places and points that the cost took, counted among the real finish times; nil for a car that did not finish on
    /// the lead lap.
    public var lost: PlacesLost?

    /// Uncertain: the interval holds 0.
    public var isUncertain: Bool { interval?.contains(0) ?? false }
  }

  /// When a driver's stops were made, against the laps that cost at most a second.
  public struct Calls: Sendable, Equatable {
    /// On one of those laps.
    public var inWindow = 0
    /// Before them.
    public var early = 0
    /// After them.
    public var late = 0
  }

  /// One driver's race.
  public struct Driver: Sendable, Equatable {
    /// Who.
    public var code: DriverCode
    /// In which team.
    public var team: String
    /// Why there are no figures; nil when there are.
    public var refusal: String?
    /// The whole loss against the ideal race.
    public var totalLoss: Int64 = 0
    /// What no cause explains.
    public var residual: Int64 = 0
    /// By ``AutopsyCause``, in its order; empty without figures.
    public var costs: [Cost] = []
    /// The part of the strategy that was the call's.
    public var decision: Int64 = 0
    /// What luck with neutralisations cost; part of incidents.
    public var luck: Int64 = 0
    /// The crew's time over the best of the race, by stop.
    public var stops: [Int64] = []
    /// When the stops were made; nil for a car that cannot be simulated.
    public var calls: Calls?
    /// Regret of what was called under safety cars; nil without a safety car or for a car that cannot be simulated.
    public var safetyCarRegret: Int64?
    /// The car's pace against the fastest of the race, a lap.
    public var teamPace: Int64 = 0
  }

  /// The race.
  public var key: RaceKey
  /// The record it was made from.
  public var recordDigest: String
  /// The model it was made with.
  public var modelVersion: String
  /// More than one row in fifty was driven on intermediates or wets.
  public var isWet: Bool
  /// Refits behind the intervals; 0 without.
  public var replicates: Int
  /// Everybody who took part, by code ascending.
  public var drivers: [Driver]
}

/// Places and championship points that a loss took.
public struct PlacesLost: Sendable, Equatable {
  /// Places.
  public var places: Int
  /// Points by the table of the season.
  public var points: Int
}
