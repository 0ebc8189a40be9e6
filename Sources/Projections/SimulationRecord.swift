public import Events
public import Racing

/// A run as far as it has come.
public struct SimulationRecord: Sendable, Equatable {
  /// How far a run is.
  public enum Status: String, Sendable {
    /// It takes decisions.
    case running
    /// It reached the flag.
    case finished
    /// The player gave up.
    case abandoned
  }

  /// The run's stream.
  public var id: StreamID
  /// The player.
  public var user: UserID
  /// The race.
  public var race: RaceKey
  /// The car.
  public var driver: DriverCode
  /// What the player may see.
  public var mode: SimulationStarted.Mode
  /// How far it is.
  public var status: Status
  /// Counts for rankings; as far as can be known until it is finished.
  public var isRanked: Bool
  /// The whole plan was sent in one call.
  public var isWholePlan: Bool
  /// 1 + other runs of the account on the race that got beyond lap 1 before the end of this one, by the log's order; nil
  /// unless finished.
  public var attempt: Int32?
  /// The last lap that was given.
  public var startLap: Int32
  /// The last lap driven.
  public var lap: Int32
  /// The best possible finish, ms since the race's start.
  public var optimum: Int64
  /// The run it continues from; nil for a new one.
  public var forkOf: StreamID?
  /// Position of the start.
  public var started: Position
  /// Position of the end; nil while running.
  public var ended: Position?
  /// Seconds since 1970 at the last event.
  public var touchedSeconds: Int64
  /// Scores; nil unless finished.
  public var result: Result?

  /// How a run ended.
  public struct Result: Sendable, Equatable {
    /// When to stop, in hundredths.
    public var pitTiming: Int32
    /// Which tyre, in hundredths.
    public var tyreEfficiency: Int32
    /// What was made of neutralisations, in hundredths; nil when there were none.
    public var safetyCarReaction: Int32?
    /// The finish, in hundredths.
    public var raceOutcome: Int32
    /// The Strategy IQ, in hundredths.
    public var iq: Int32
    /// Elapsed ms at the flag.
    public var total: Int64
    /// Against the best possible finish, ms.
    public var toOptimum: Int64
    /// Against the real plan re-simulated, ms.
    public var toReal: Int64
    /// Finishing place.
    public var place: Int32
    /// The tyre driven first.
    public var startCompound: Compound
    /// The first four stops.
    public var stops: [SimulationFinished.Stop]
    /// All stops.
    public var stopCount: Int32
    /// What undercuts won, ms.
    public var undercutGain: Int64?
  }
}

/// One decision of an account, as an audit lists it.
public struct DecisionRecord: Sendable, Equatable {
  /// Its place in the log.
  public var position: Position
  /// The run.
  public var simulation: StreamID
  /// The player.
  public var user: UserID
  /// The lap it is about.
  public var lap: Int32
  /// What was decided about.
  public var kind: DecisionMade.Kind
  /// The tyre fitted.
  public var compound: Compound?
  /// The pace from this lap on.
  public var pace: PaceMode?
  /// What it cost, ms.
  public var regret: Int64
  /// The regret counts as none.
  public var isOptimal: Bool
}
