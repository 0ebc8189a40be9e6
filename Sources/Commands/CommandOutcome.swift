public import Events
public import Racing

/// What an accepted command did.
public struct CommandOutcome: Sendable, Equatable {
  /// The simulation: the one named by the command, or the new one.
  public var simulation: StreamID
  /// Position of the command's first event.
  public var first: Position
  /// Position of its last event: what to wait for in order to read one's own writes.
  public var last: Position
  /// The command had been accepted before; positions, interruption and view are those of the first time.
  public var isRepeat: Bool
  /// Why less was driven, or decided, than was asked; nil when everything was done.
  public var interruption: Interruption?
  /// The simulation after the command.
  public var view: SimulationView
}

/// Why a run stopped before the lap asked for. The laps up to there are driven and in the log; a decision that was to
/// follow was **not** made, because it was taken without knowing this.
public struct Interruption: Sendable, Equatable {
  /// What may come in between.
  public enum Reason: Sendable, Equatable {
    /// The lap now to be driven has another track status than the lap before. Live runs only.
    case trackStatus(LapKind)
    /// Staying out on the lap now to be driven would, at the pace as it stands, leave no legal finish.
    case mustStop
    /// The decision cannot be made on the lap it was for, which is the lap now to be driven. Live runs only: were it
    /// a refusal that leaves the laps undriven, anybody could look ahead for nothing.
    case notPossible
    /// A car directly ahead or behind has come in; asked for by ``StopSignal/rivalStop``.
    case rivalStop(DriverCode)
    /// A car is on tyres of another class; asked for by ``StopSignal/rainTyres``.
    case rainTyres(DriverCode)
    /// The car's place at the line is another one; asked for by ``StopSignal/place``.
    case place(Int)
  }
  /// The lap now to be driven.
  public var lap: Int
  /// What came in between.
  public var reason: Reason

  /// An interruption before a lap.
  public init(lap: Int, reason: Reason) {
    self.lap = lap
    self.reason = reason
  }
}

/// What an accepted registration did.
public struct RegistrationOutcome: Sendable, Equatable {
  /// The account.
  public var account: UserID
  /// Position of its registration.
  public var position: Position
  /// The command had been accepted before.
  public var isRepeat: Bool
}

/// What an accepted import did.
public struct ImportOutcome: Sendable, Equatable {
  /// The race's stream.
  public var stream: StreamID
  /// Position of the event that recorded this content.
  public var position: Position
  /// False when the log had this content already and nothing was appended.
  public var isNew: Bool
}
