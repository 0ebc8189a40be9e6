public import Events
public import Racing

/// Everything a player may see of a simulation.
///
/// In a live run nothing in here comes from laps after ``NextLap/lap``, and regrets are nil until the flag: a regret
/// is the distance to the optimum and would tell what the race still holds. The events carry regrets and the optimum
/// from the start, so whoever shows events of a run that is neither finished nor abandoned (audit, exports, receipts) to
/// its player must hide `regret`, `isOptimal` and `SimulationStarted.optimum` until then. A run that was abandoned shows
/// them: it counts as played.
public struct SimulationView: Sendable, Equatable {
  /// How far the run is.
  public enum Status: String, Sendable { case running, finished, abandoned }

  public var simulation: StreamID
  /// Version of the simulation's stream that is shown.
  public var version: Version
  public var player: UserID
  public var race: RaceKey
  public var driver: DriverCode
  public var mode: SimulationStarted.Mode
  /// Played to be ranked; ``Result/isRanked`` says at the end whether it is.
  public var isRanked: Bool
  /// The race was made by the generator.
  public var isSynthetic: Bool
  /// The run this one continues from.
  public var forkOf: StreamID?
  /// First eight bytes of the model version, as 16 hexadecimal digits.
  public var model: String
  public var status: Status
  /// The lap after which the player took over.
  public var startLap: Int
  /// Laps the driver drives in this race.
  public var lapCount: Int
  /// The last lap driven.
  public var lap: Int
  /// Time since the start at the end of that lap, ms.
  public var elapsed: Int64
  /// Duration of that lap, ms; nil when it was given.
  public var lastLapTime: Int64?
  /// Place at the end of that lap.
  public var place: Int
  /// The car in front at the line, nil when leading.
  public var ahead: Gap?
  /// The car behind at the line.
  public var behind: Gap?
  public var tyre: Tyre
  public var pace: PaceMode
  /// Stops driven, in order; free changes under a red flag are not stops.
  public var stops: [PlayPlan.Stop]
  /// The lap to be driven next; nil when the run is over.
  public var next: NextLap?
  /// Where a stop at the end of the next lap would rejoin, from past laps only; nil when that cannot be estimated.
  public var boxNow: [BoxNow]
  /// Decisions so far, in order.
  public var decisions: [Decision]
  /// How the run ended; nil until it has.
  public var result: Result?

  /// A neighbour at the line.
  public struct Gap: Sendable, Equatable {
    public var driver: DriverCode
    /// Distance in ms; at least 0.
    public var milliseconds: Int64
  }

  /// The tyres on the car.
  public struct Tyre: Sendable, Equatable {
    public var compound: Compound
    /// Laps' worth of wear, in quarter laps.
    public var wear: Int
    /// Laps driven on the set in the race and before.
    public var age: Int
  }

  /// The lap to be driven next, as far as the rules and its track status go.
  public struct NextLap: Sendable, Equatable {
    public var lap: Int
    /// Known before the call to the pits.
    public var kind: LapKind
    /// What is decided for this lap already.
    public var pending: [Decision]
    /// Staying out keeps a legal finish possible.
    public var mayStayOut: Bool
    /// Compounds that may be fitted at the end of this lap; empty when no stop is possible.
    public var compounds: [Compound]
    /// Why there is no stop to be made; nil when there is.
    public var noStop: NoStop?
    /// Paces that may be chosen for this lap.
    public var paces: [PaceMode]
    /// The rule about two dry compounds is met.
    public var hasUsedTwoCompounds: Bool
    /// Stops still to be made by rule.
    public var stopsOwed: Int
  }

  /// Why no stop can be made on the next lap.
  public enum NoStop: String, Sendable {
    /// One is decided for this lap already.
    case decided
    /// Stops are possible from the end of lap 2 to the end of the last lap but one.
    case notOnThisLap
    /// No compound would leave a legal finish.
    case noLegalFinish
  }

  /// Where a stop at the end of the next lap would rejoin. An estimate.
  public struct BoxNow: Sendable, Equatable {
    /// The status the estimate is for.
    public var kind: LapKind
    public var place: Int
    /// Places that hold in nine of ten cases.
    public var places: ClosedRange<Int>
    public var ahead: Gap?
    public var behind: Gap?
  }

  /// One decision.
  public struct Decision: Sendable, Equatable {
    public var lap: Int
    public var kind: DecisionMade.Kind
    public var compound: Compound?
    public var pace: PaceMode?
    /// What it cost in ms; nil while a live run goes on.
    public var regret: Int64?
    /// nil while a live run goes on.
    public var isOptimal: Bool?
  }

  /// How a finished run was judged. Scores are hundredths, 0...10000.
  public struct Result: Sendable, Equatable {
    public var scores: SimulationFinished
    /// 1 + other runs of the account on the race, as the decider saw them.
    public var attempt: Int
    public var isRanked: Bool
    /// The best finish from the start of the run, ms.
    public var optimum: Int64
    /// A plan that reaches it.
    public var optimalPlan: Plan
    /// How far the real decisions, re-simulated, end from the real time, ms: the error of every simulated number here.
    public var replayError: Int64
  }

  /// Tyres of a whole run.
  public struct Plan: Sendable, Equatable {
    public var startCompound: Compound
    public var stops: [PlayPlan.Stop]
  }
}
