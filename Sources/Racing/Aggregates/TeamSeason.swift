/// A team's season, added up from its races. Milliseconds a race and car, positive is time lost.
public struct TeamSeason: Sendable, Equatable {
  /// A figure over races: its mean, drawn towards the mean of all teams, with its uncertainty.
  public struct Figure: Sendable, Equatable {
    /// The mean over the team's races and cars as it is.
    public var plain: Int64
    /// The mean with three races of the average team added: few races say little.
    public var mean: Int64
    /// Nine in ten means of races drawn again at random; nil under five races.
    public var interval: ClosedRange<Int64>?
    /// Races behind it.
    public var races: Int
  }

  /// How long a crew takes over the best crew of the race.
  public struct CrewTimes: Sendable, Equatable {
    /// Half of the stops are faster.
    public var median: Int64
    /// One stop in ten is slower.
    public var slow: Int64
  }

  /// A figure by race, in order, for the trend.
  public struct RaceFigure: Sendable, Equatable {
    /// The race.
    public var race: RaceKey
    /// By ``AutopsyCause``, the mean of the team's cars.
    public var costs: [Int64]
  }

  /// The team.
  public var team: String
  /// Its drivers, by code.
  public var drivers: [DriverCode]
  /// Races with figures for at least one car.
  public var races: Int
  /// By ``AutopsyCause``.
  public var causes: [Figure]
  /// Seconds won and lost that no cause explains.
  public var residual: Figure
  /// The part of the strategy that was the call's.
  public var decision: Figure
  /// The part that was luck.
  public var luck: Figure
  /// Pit stops with a measured time in the lane.
  public var stops: Int
  /// Over the best crew of each race; nil without stops.
  public var crew: CrewTimes?
  /// When the stops were made.
  public var calls: RaceDigest.Calls
  /// What was called under safety cars, regret a race with one; nil without.
  public var safetyCarRegret: Int64?
  /// Championship points that each cause took, both cars together, by ``AutopsyCause``.
  public var pointsLost: [Int]
  /// Race by race.
  public var trend: [RaceFigure]
}
