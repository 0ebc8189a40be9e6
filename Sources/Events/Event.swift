public import Racing

/// Everything that can happen. The case name with a capital is the type's name in the log.
///
/// A type's meaning never changes: a new meaning is a new case.
public enum Event: Sendable, Equatable {
  case userRegistered(UserRegistered)
  case userErased(UserErased)
  case proGranted(ProGranted)
  case proRevoked(ProRevoked)
  case raceImported(RaceImported)
  case simulationStarted(SimulationStarted)
  case decisionMade(DecisionMade)
  case simulationAdvanced(SimulationAdvanced)
  case simulationFinished(SimulationFinished)
  case simulationAbandoned(SimulationAbandoned)
}

/// An account exists. Stream: the account.
public struct UserRegistered: Sendable, Equatable {
  /// What sort of account it is.
  public enum Kind: String, Sendable { case registered, guest, synthetic }
  public var kind: Kind
}

/// An account was erased; projections drop what they derived from it. Stream: the account.
public struct UserErased: Sendable, Equatable {}

/// An account may read Pro reports. Stream: the account.
public struct ProGranted: Sendable, Equatable {}

/// An account may no longer read Pro reports. Stream: the account.
public struct ProRevoked: Sendable, Equatable {}

/// A race's data came in, or came in again with other content. Stream: the race.
public struct RaceImported: Sendable, Equatable {
  public var race: RaceKey
  /// The Grand Prix in a URL.
  public var slug: String
  /// The circuit's identifier.
  public var circuit: String
  /// Laps of the race.
  public var laps: Int32
  /// The source read: `tidy`, `fastf1`, `generator`.
  public var source: String
  /// SHA-256 of the race record's canonical bytes, lower-case hexadecimal.
  public var digest: String
  /// Made by the generator.
  public var isSynthetic: Bool
}

/// A player took over a car. Stream: the simulation; the actor is the player.
public struct SimulationStarted: Sendable, Equatable {
  /// What the player may see.
  public enum Mode: String, Sendable {
    /// Laps after the current one are hidden.
    case live
    /// Everything is shown; never ranked.
    case hindsight
  }
  public var race: RaceKey
  public var driver: DriverCode
  /// The last lap that is given; the first the player drives is one later. 1 for a whole race.
  public var startLap: Int32
  /// The tyre chosen for the start; nil takes the real car's set with its age.
  public var startCompound: Compound?
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
}

/// One decision, with what it cost. Stream: the simulation; the actor is the player.
public struct DecisionMade: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case start, pit, pace, safetyCar, red
    /// The regret of everything left undecided, charged at the end.
    case finish
  }
  /// The lap at whose end (pit, safetyCar, red) or on which (pace) it takes effect; the start lap for `start`.
  public var lap: Int32
  public var kind: Kind
  /// The tyre fitted; nil for pace decisions and for staying out.
  public var compound: Compound?
  /// The pace from this lap on; nil unless a pace decision.
  public var pace: PaceMode?
  /// What this decision cost against the best from the same state, ms; at least 0.
  public var regret: Int64
  /// The regret counts as none.
  public var isOptimal: Bool
  /// Elapsed ms at the end of the last lap driven when the decision was made.
  public var elapsed: Int64
}

/// Laps were driven without a new decision. Stream: the simulation; the actor is the player.
public struct SimulationAdvanced: Sendable, Equatable {
  /// The last lap driven.
  public var lap: Int32
}

/// A run reached the flag and was scored. Stream: the simulation; the actor is the player.
public struct SimulationFinished: Sendable, Equatable {
  /// Sub-scores and IQ in hundredths, 0...10000.
  public var pitTiming: Int32
  public var tyreEfficiency: Int32
  /// nil when the race had neither safety car nor virtual safety car.
  public var safetyCarReaction: Int32?
  public var raceOutcome: Int32
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
  /// Compounds in order of use, one letter each, and stop laps: `M` and `[31]` are one stop from mediums… see ``stops``.
  public var startCompound: Compound
  /// Up to four stops in order: lap and compound fitted; runs with more stops store the first four and `stopCount`.
  public var stops: [Stop]
  public var stopCount: Int32
  /// Undercut gains measured at this run's stops: rival attempted, gap won in ms; empty when there was none.
  public var undercutGain: Int64?
  /// Hash64 of the list of decisions, to find identical plans; 16 hexadecimal digits in the log.
  public var plan: UInt64

  /// One stop of the finished run.
  public struct Stop: Sendable, Equatable {
    public var lap: Int32
    public var compound: Compound
  }
}

/// The player gave up. Stream: the simulation; the actor is the player.
public struct SimulationAbandoned: Sendable, Equatable {
  /// The last lap driven.
  public var lap: Int32
}
