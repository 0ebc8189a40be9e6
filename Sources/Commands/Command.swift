public import Events
public import Racing

/// Something an account wants to happen. Imperative here, past tense in the log.
public enum Command: Sendable, Equatable {
  /// Take over a car.
  case startSimulation(StartSimulation)
  /// Decide something for a lap that has not been driven yet.
  case makeDecision(MakeDecision)
  /// Drive on without deciding. A live run stops early before a lap whose track status differs from the lap before.
  case advance(Advance)
  /// Drive to the flag without further decisions and be scored. Stops early only where a stop must be made.
  case finish(simulation: StreamID)
  /// Give up.
  case abandon(simulation: StreamID)
  /// Continue from a lap of another run as a new, unranked one.
  case fork(Fork)
  /// Start, decide everything and finish in one go; practice.
  case playPlan(PlayPlan)
}

/// Take over a car.
public struct StartSimulation: Sendable, Equatable {
  /// The race.
  public var race: RaceKey
  /// The car.
  public var driver: DriverCode
  /// The last lap given; 1 for a whole race.
  public var startLap: Int
  /// nil takes the real car's set.
  public var compound: Compound?
  /// What the player may see.
  public var mode: SimulationStarted.Mode
  /// False asks for practice.
  public var wantsRank: Bool
  /// Pushing and saving may be chosen; the optimum then knows them too.
  public var offersPace: Bool

  /// A ranked whole race in the real car, unless said otherwise.
  public init(
    race: RaceKey, driver: DriverCode, startLap: Int = 1, compound: Compound? = nil,
    mode: SimulationStarted.Mode = .live, wantsRank: Bool = true, offersPace: Bool = false
  ) {
    self.race = race
    self.driver = driver
    self.startLap = startLap
    self.compound = compound
    self.mode = mode
    self.wantsRank = wantsRank
    self.offersPace = offersPace
  }
}

/// A decision for one lap of a simulation.
public struct MakeDecision: Sendable, Equatable {
  /// What is decided.
  public enum Choice: Sendable, Equatable {
    /// Stop at the end of the lap and fit this tyre (under a red flag: change for free).
    case pit(Compound)
    /// Stay out, said aloud; counts as a decision of its own under a safety car, a virtual safety car or a red flag.
    case stayOut
    /// Drive like this from this lap on.
    case pace(PaceMode)
  }
  /// The run.
  public var simulation: StreamID
  /// The lap it is for; laps before it that have not been driven are driven without a stop. Should something come in
  /// between that the player could not have known, they are driven up to there and the decision is not made.
  public var lap: Int
  /// What is decided.
  public var choice: Choice

  /// A decision for a lap.
  public init(simulation: StreamID, lap: Int, choice: Choice) {
    self.simulation = simulation
    self.lap = lap
    self.choice = choice
  }
}

/// Drive on without deciding.
public struct Advance: Sendable, Equatable {
  /// The run.
  public var simulation: StreamID
  /// The last lap to drive; nil drives one lap.
  public var toLap: Int?
  /// What else stops the car before the lap asked for, beside the track status.
  public var stopOn: Set<StopSignal>

  /// One lap, unless said otherwise.
  public init(simulation: StreamID, toLap: Int? = nil, stopOn: Set<StopSignal> = []) {
    self.simulation = simulation
    self.toLap = toLap
    self.stopOn = stopOn
  }
}

/// Continue from a lap of another run.
public struct Fork: Sendable, Equatable {
  /// The run.
  public var simulation: StreamID
  /// The last lap that stays as it was.
  public var lap: Int

  /// A fork after a lap.
  public init(simulation: StreamID, lap: Int) {
    self.simulation = simulation
    self.lap = lap
  }
}

/// A whole plan in one call.
public struct PlayPlan: Sendable, Equatable {
  /// One stop of the plan.
  public struct Stop: Sendable, Equatable {
    /// The lap at whose end the car stops.
    public var lap: Int
    /// The tyre fitted.
    public var compound: Compound

    /// A stop at the end of a lap.
    public init(lap: Int, compound: Compound) {
      self.lap = lap
      self.compound = compound
    }
  }
  /// The race.
  public var race: RaceKey
  /// The car.
  public var driver: DriverCode
  /// nil takes the real car's set.
  public var startCompound: Compound?
  /// Stops by ascending lap.
  public var stops: [Stop]

  /// A plan.
  public init(race: RaceKey, driver: DriverCode, startCompound: Compound?, stops: [Stop]) {
    self.race = race
    self.driver = driver
    self.startCompound = startCompound
    self.stops = stops
  }
}
