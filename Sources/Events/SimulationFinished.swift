public import Racing

/// A run reached the flag and was scored. Stream: the simulation; the actor is the player.
public struct SimulationFinished: Sendable, Equatable {
  /// Stops that are stored with their lap and tyre; later ones are only counted.
  public static let storedStopsMax = 4

  /// When to stop, in hundredths, 0...10000.
  public var pitTiming: Int32
  /// Which tyre, in hundredths, 0...10000.
  public var tyreEfficiency: Int32
  /// What was made of neutralisations, in hundredths; nil when the race had none.
  public var safetyCarReaction: Int32?
  /// The finish, in hundredths, 0...10000.
  public var raceOutcome: Int32
  /// The Strategy IQ, in hundredths, 0...10000.
  public var iq: Int32
  /// Elapsed ms at the flag.
  public var total: Int64
  /// Against the best possible finish, ms; at least 0.
  public var toOptimum: Int64
  /// Against the real plan re-simulated, ms.
  public var toReal: Int64
  /// Finishing place.
  public var place: Int32
  /// 1 + earlier runs of the account on the race that got beyond lap 1.
  public var attempt: Int32
  /// Ranked, live, from the start, no fork, lap by lap, nothing of the race seen before.
  public var isRanked: Bool
  /// The tyre driven first.
  public var startCompound: Compound
  /// The first four stops in order: lap and compound fitted. As many as `stopCount` says, up to four.
  public var stops: [Stop]
  /// Stops made, also those beyond the fourth.
  public var stopCount: Int32
  /// What undercuts won at this run's stops, ms; nil when there was none.
  public var undercutGain: Int64?
  /// Hash of the list of decisions, to find identical plans; 16 hexadecimal digits in the log.
  public var plan: UInt64

  /// One stop of the finished run.
  public struct Stop: Sendable, Equatable {
    /// The lap at whose end the car stopped.
    public var lap: Int32
    /// The tyre fitted.
    public var compound: Compound

    /// A stop at the end of a lap.
    public init(lap: Int32, compound: Compound) {
      self.lap = lap
      self.compound = compound
    }
  }

  /// A run and its scores.
  public init(
    pitTiming: Int32, tyreEfficiency: Int32, safetyCarReaction: Int32?, raceOutcome: Int32, iq: Int32, total: Int64,
    toOptimum: Int64, toReal: Int64, place: Int32, attempt: Int32, isRanked: Bool, startCompound: Compound,
    stops: [Stop], stopCount: Int32, undercutGain: Int64?, plan: UInt64
  ) {
    self.pitTiming = pitTiming
    self.tyreEfficiency = tyreEfficiency
    self.safetyCarReaction = safetyCarReaction
    self.raceOutcome = raceOutcome
    self.iq = iq
    self.total = total
    self.toOptimum = toOptimum
    self.toReal = toReal
    self.place = place
    self.attempt = attempt
    self.isRanked = isRanked
    self.startCompound = startCompound
    self.stops = stops
    self.stopCount = stopCount
    self.undercutGain = undercutGain
    self.plan = plan
  }
}
