public import Racing

/// A player took over a car. Stream: the simulation; the actor is the player.
public struct SimulationStarted: Sendable, Equatable {
  /// What the player may see.
  public enum Mode: String, Sendable, CaseIterable {
    /// Laps after the current one are hidden.
    case live
    /// Everything is shown; never ranked.
    case hindsight
  }

  /// The race.
  public var race: RaceKey
  /// The car.
  public var driver: DriverCode
  /// The last lap that is given; the first the player drives is one later. 1 for a whole race.
  public var startLap: Int32
  /// The tyre chosen for the start; nil takes the real car's set with its age.
  public var startCompound: Compound?
  /// What the player may see.
  public var mode: Mode
  /// Played to be ranked, as far as can be known at the start.
  public var isRanked: Bool
  /// The whole plan was sent in one call.
  public var isWholePlan: Bool
  /// The simulation it continues from; nil for a new one.
  public var forkOf: StreamID?
  /// The best possible finish from the start, ms since the race's start.
  public var optimum: Int64
  /// First eight bytes of the model version, as 16 hexadecimal digits.
  public var model: String
  /// First eight bytes of the artefact's hash, as 16 hexadecimal digits.
  public var artefact: String
  /// Pushing and saving may be chosen, and the optimum knows them.
  public var offersPace: Bool

  /// A run as it began.
  public init(
    race: RaceKey, driver: DriverCode, startLap: Int32, startCompound: Compound?, mode: Mode, isRanked: Bool,
    isWholePlan: Bool, forkOf: StreamID?, optimum: Int64, model: String, artefact: String,
    offersPace: Bool = false
  ) {
    self.race = race
    self.driver = driver
    self.startLap = startLap
    self.startCompound = startCompound
    self.mode = mode
    self.isRanked = isRanked
    self.isWholePlan = isWholePlan
    self.forkOf = forkOf
    self.optimum = optimum
    self.model = model
    self.artefact = artefact
    self.offersPace = offersPace
  }
}
