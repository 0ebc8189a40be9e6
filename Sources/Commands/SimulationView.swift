public import Events
public import Racing

/// Everything a player may see of a simulation.
///
/// In a live run nothing in here comes from laps after the next one, and regrets are nil until the run is over: a
/// regret is the distance to the optimum and would tell what the race still holds. The events carry regrets and the
/// optimum from the start, so whoever shows the events of a live run to its player (audit, exports, receipts) must
/// leave out `regret`, `isOptimal` and `SimulationStarted.optimum` until it is finished or abandoned.
public struct SimulationView: Sendable, Equatable {
  /// How far the run is.
  public enum Status: String, Sendable { case running, finished, abandoned }

  /// The simulation's stream.
  public var simulation: StreamID
  /// Version of the stream that is shown.
  public var version: Version
  /// Whose run it is.
  public var player: UserID
  /// The race.
  public var race: RaceKey
  /// The car.
  public var driver: DriverCode
  /// What the player may see.
  public var mode: SimulationStarted.Mode
  /// Played to be ranked; `result` says at the end whether it is.
  public var isRanked: Bool
  /// The run this one continues from.
  public var forkOf: StreamID?
  /// First eight bytes of the model version, as 16 hexadecimal digits.
  public var model: String
  /// How far the run is.
  public var status: Status
  /// The lap after which the player took over.
  public var startLap: Int
  /// Laps the car drives in this race.
  public var lapCount: Int
  /// The last lap driven.
  public var lap: Int
  /// Time since the start of the race at the end of that lap, ms.
  public var elapsed: Int64
  /// Duration of that lap, ms.
  public var lapTime: Int64
  /// Place at the end of that lap.
  public var place: Int
  /// Elapsed time less that of the real car at the end of that lap, ms.
  public var toReal: Int64
  /// How far the real plan, simulated from where the player took over, is from the real race at that lap, ms: the error
  /// of every simulated number so far.
  public var replayError: Int64
  /// The car in front at the line; nil when leading.
  public var ahead: Gap?
  /// The car behind at the line; nil when last.
  public var behind: Gap?
  /// Everybody at the end of that lap, in order at the line, the player among them; who is out comes last.
  public var tower: [TowerRow]
  /// The tyres on the car.
  public var tyre: Tyre
  /// The pace of the next lap as it stands.
  public var pace: PaceMode
  /// Stops driven, in order, those of a run this one was forked from included; free changes are no stops.
  public var stops: [Plan.Change]
  /// The lap to be driven next; nil when the run is over.
  public var next: NextLap?
  /// Decisions so far, in order.
  public var decisions: [Decision]
  /// How the run ended; nil until it is finished.
  public var result: Result?

  /// A neighbour at the line.
  public struct Gap: Sendable, Equatable {
    /// Who it is.
    public var driver: DriverCode
    /// Distance, ms; at least 0.
    public var milliseconds: Int64
  }

  /// The tyres on the car.
  public struct Tyre: Sendable, Equatable {
    /// What they are.
    public var compound: Compound
    /// Laps driven on them, earlier sessions included.
    public var laps: Int
    /// Wear in quarter laps: pushing and saving count.
    public var wearQuarters: Int
  }

  /// The lap to be driven next: its track status, which is known before the call to the pits, and what may still be
  /// decided for it at the pace as it stands. With no tyre to fit and no staying out, another pace must be chosen
  /// first.
  public struct NextLap: Sendable, Equatable {
    /// Its number.
    public var lap: Int
    /// What it is like.
    public var kind: LapKind
    /// The stop decided for it already, staying out included.
    public var decided: Decision?
    /// The car may stay on its set.
    public var mayStayOut: Bool
    /// Tyres that may be fitted at its end, ascending; none when the stop is decided or not possible.
    public var compounds: [Compound]
    /// Fitting them costs no time and is no stop, because of a red flag.
    public var isFreeChange: Bool
    /// Paces that may be driven; only the one that stands when it is decided or not offered.
    public var paces: [PaceMode]
    /// The obligation to use different dry compounds is met.
    public var obligationMet: Bool
    /// Stops still to be made by rule.
    public var stopsOwed: Int
    /// Where the car would come out if it stopped at its end, estimated from the laps driven so far; nil where it may not
    /// stop, and as long as no lap tells its pace.
    public var boxNow: BoxNow.Rejoin?
    /// The same at racing speed, under a virtual and behind a safety car, with the field it would come out into.
    public var rejoins: BoxNow?
  }

  /// One decision.
  public struct Decision: Sendable, Equatable {
    /// The lap it is for.
    public var lap: Int
    /// What was decided about.
    public var kind: DecisionMade.Kind
    /// The tyre fitted; nil for paces and for staying out.
    public var compound: Compound?
    /// The pace; nil for everything else.
    public var pace: PaceMode?
    /// What it cost, ms; nil while a live run goes on.
    public var regret: Int64?
    /// nil while a live run goes on.
    public var isOptimal: Bool?
  }

  /// How a finished run was judged.
  public struct Result: Sendable, Equatable {
    /// Scores, differences and stops as they are on record.
    public var finished: SimulationFinished
    /// The best finish from the start of the run, ms.
    public var optimum: Int64
    /// A plan that reaches it.
    public var optimalPlan: Plan
    /// What the driver really did.
    public var realPlan: Plan
    /// How far the real decisions, simulated, end from the real time, ms: the error to show beside every simulated
    /// number.
    public var replayError: Int64
  }
}
