/// A driver's race taken apart: where the time went against the ideal race, cause by cause.
///
/// The ideal race is the best plan, known afterwards, of a car with the best pace of the race and the best crew, first
/// from the grid and alone on the track, under the neutralisations that came. Times are milliseconds.
public struct Autopsy: Sendable, Equatable {
  /// How the race ended for the driver.
  public enum Outcome: Sendable, Equatable {
    /// Classified at that place, so many laps down.
    case classified(place: Int, lapsDown: Int)
    /// Did not reach the flag.
    case retired(lap: Int, reason: String)
    /// Reached the flag without a place: disqualified.
    case disqualified(reason: String)
  }

  /// One accounted lap.
  public struct LapRow: Sendable, Equatable {
    /// The lap.
    public let lap: Int
    /// What it was like.
    public let kind: LapKind
    /// Its real time.
    public let real: Int64
    /// Its simulated time, traffic and real stops included.
    public let simulated: Int64
    /// Its time in the ideal race.
    public let ideal: Int64
    /// What traffic cost in the simulation.
    public let traffic: Int64
    /// It counts as an incident.
    public let isFlagged: Bool
  }

  /// An interval of nine in ten bootstrap replicates.
  public struct Interval: Sendable, Equatable {
    /// The 5 % quantile.
    public let low: Int64
    /// The 95 % quantile.
    public let high: Int64
    /// The middle, for diagnostics.
    public let median: Int64

    /// An interval.
    public init(low: Int64, high: Int64, median: Int64) {
      self.low = low
      self.high = high
      self.median = median
    }
  }

  /// Intervals of every cause.
  public struct Intervals: Sendable, Equatable {
    /// Replicates they were taken from.
    public let replicates: Int
    /// By cause in the order of `AutopsyCause`.
    public let causes: [Interval]
    /// Of the residual.
    public let residual: Interval
    /// Of the whole loss.
    public let total: Interval
    /// Of the driver's part of the car's pace.
    public let driverPace: Interval

    /// The interval of one cause.
    public subscript(cause: AutopsyCause) -> Interval { causes[cause.rawValue] }
  }

  /// Circumstances a reader must know.
  public enum Flag: String, Sendable, CaseIterable {
    /// The grid slot is unknown, so the start costs nothing.
    case gridUnknown = "grid_unknown"
    /// A lane time is unknown.
    case laneAssumed = "lane_assumed"
    /// The age of a set is unknown.
    case ageAssumed = "age_assumed"
    /// The clock of the laps and the official time disagree.
    case anchorSuspect = "anchor_suspect"
    /// The race was stopped.
    case redFlag = "red_flag"
    /// The plan never met its obligations.
    case irregular
    /// The race was wet: strategy is judged with hindsight.
    case wet
    /// The race was shorter than planned.
    case shortened
    /// The car started from the pit lane.
    case pitLaneStart = "pit_lane_start"
    /// The car was disqualified; the race on the road is taken apart.
    case disqualified
  }

  /// The race.
  public let race: RaceKey
  /// The driver.
  public let driver: DriverCode
  /// The driver's team.
  public let team: String
  /// The model that was used.
  public let modelVersion: String
  /// Hash of the race record.
  public let recordDigest: String
  /// How it ended.
  public let outcome: Outcome
  /// Laps the driver completed.
  public let lapCount: Int
  /// Real time of the accounted laps.
  public let realTime: Int64
  /// Time of the ideal race over the same laps.
  public let idealTime: Int64
  /// What was lost against the ideal race: equals the costs' sum exactly.
  public let totalLoss: Int64
  /// Cause by cause.
  public let costs: AutopsyCosts
  /// Inside strategy.
  public let strategy: StrategyParts
  /// Inside incident.
  public let incident: IncidentParts
  /// The grid slot's part of the qualifying cost; the rest is traffic.
  public let gridLoss: Int64
  /// The team's part of the car's pace, for display.
  public let teamPace: Int64
  /// Real finish behind the winner; nil when not on his lap. For display only.
  public let gapToWinner: Int64?
  /// What a reader must know.
  public let flags: [Flag]
  /// Stops for tyres.
  public let stops: [AutopsyStop]
  /// The race's lane time of the best crews.
  public let laneBest: Int64
  /// What was really driven.
  public let realPlan: Plan
  /// The ideal race's plan.
  public let idealPlan: Plan
  /// The best plan at the driver's own pace.
  public let bestPlan: Plan
  /// Calls that cost time in expectation, in order.
  public let calls: [ExAnteCall]
  /// Lap by lap.
  public let laps: [LapRow]
  /// Intervals; nil until replicates were made.
  public internal(set) var intervals: Intervals?
  /// The costs of each replicate, nil where one had none; empty until replicates were made.
  public internal(set) var draws: [AutopsyCosts?]
  /// Shares of the blame; nil without intervals, and when nothing meaningful was lost.
  public internal(set) var blame: BlameShares?
  /// The finding in words; empty without intervals.
  public internal(set) var verdict: String

  /// The driver's part of the car's pace.
  public var driverPace: Int64 { costs.car - teamPace }
}

/// The six causes, in the order in which ties are settled.
public enum AutopsyCause: Int, Sendable, CaseIterable {
  case qualifying
  case tyre
  case pit
  case strategy
  case car
  case incident

  /// The cause in words.
  public var title: String {
    switch self {
    case .qualifying: "qualifying"
    case .tyre: "tyre wear"
    case .pit: "pit stops"
    case .strategy: "strategy"
    case .car: "car pace"
    case .incident: "incidents"
    }
  }

  /// The cause's stable name for programs.
  public var key: String {
    switch self {
    case .qualifying: "qualifying_cost"
    case .tyre: "tyre_degradation_cost"
    case .pit: "pit_execution_cost"
    case .strategy: "strategy_error"
    case .car: "car_pace_deficit"
    case .incident: "incident_impact"
    }
  }
}

extension AutopsyCosts {
  /// One cause's cost, ms.
  public subscript(cause: AutopsyCause) -> Int64 {
    switch cause {
    case .qualifying: qualifying
    case .tyre: tyre
    case .pit: pit
    case .strategy: strategy
    case .car: car
    case .incident: incident
    }
  }
}
