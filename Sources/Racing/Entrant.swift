/// One car's race.
public struct Entrant: Sendable, Equatable {
  /// Where a car started.
  public enum GridSlot: Sendable, Equatable {
    case slot(Int)
    case pitLane
  }

  /// Three-letter code.
  public var code: DriverCode
  /// Car number; nil when unknown.
  public var number: Int?
  /// The driver's name in words; the code when unknown.
  public var name: String
  /// The team's name in that season.
  public var team: String
  /// The team's colour as six hexadecimal digits; nil when unknown.
  public var teamColour: String?
  /// The slot on the grid; nil when unknown.
  public var grid: GridSlot?
  /// The official result.
  public var result: Classification
  /// Laps in order, at most one per number.
  public var laps: [Lap]
  /// Passes through the pit lane, in order.
  public var pitStops: [PitStop]
  /// Seconds of time penalties announced by race control that could be served at a stop: lap of the message and length.
  public var penalties: [Penalty]

  /// A car's race with those facts; what is left out is unknown, or none.
  public init(
    code: DriverCode, number: Int? = nil, name: String, team: String, teamColour: String? = nil,
    grid: GridSlot? = nil, result: Classification, laps: [Lap], pitStops: [PitStop] = [], penalties: [Penalty] = []
  ) {
    self.code = code
    self.number = number
    self.name = name
    self.team = team
    self.teamColour = teamColour
    self.grid = grid
    self.result = result
    self.laps = laps
    self.pitStops = pitStops
    self.penalties = penalties
  }
}

/// The official result of one car.
public struct Classification: Sendable, Equatable {
  /// Place; nil when not classified.
  public var position: Int?
  /// `Finished`, or the reason why not.
  public var status: String
  /// Laps completed officially.
  public var laps: Int
  /// Official race time with penalties added after the race; nil when lapped or unknown.
  public var timeMilliseconds: Int64?
  /// Time penalty added after the race.
  public var penaltyMilliseconds: Int64

  /// A result; what is left out is unknown, or none.
  public init(
    position: Int?, status: String, laps: Int, timeMilliseconds: Int64? = nil, penaltyMilliseconds: Int64 = 0
  ) {
    self.position = position
    self.status = status
    self.laps = laps
    self.timeMilliseconds = timeMilliseconds
    self.penaltyMilliseconds = penaltyMilliseconds
  }
}

/// A time penalty announced during the race.
public struct Penalty: Sendable, Equatable {
  /// The lap on which it was announced.
  public var lap: Int
  /// Its length.
  public var milliseconds: Int64

  /// A penalty announced on that lap.
  public init(lap: Int, milliseconds: Int64) {
    self.lap = lap
    self.milliseconds = milliseconds
  }
}
