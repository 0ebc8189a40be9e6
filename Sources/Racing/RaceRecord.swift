/// One race as it was driven, normalised from any source: what every model, table and page is made from.
///
/// Times are milliseconds. `elapsed` times count from the race's start.
public struct RaceRecord: Sendable, Equatable {
  /// How far the data can be trusted: A complete, B with repairs, C not to be modelled.
  public enum Quality: String, Sendable { case a = "A", b = "B", c = "C" }

  /// The season and round.
  public var key: RaceKey
  /// The Grand Prix in a URL: `monaco`, `saudi-arabia`.
  public var slug: String
  /// The Grand Prix in words: `Monaco Grand Prix`.
  public var name: String
  /// The circuit's identifier: `monaco`, `yas-marina`.
  public var circuit: String
  /// The day of the race, `2023-05-28`; empty when unknown.
  public var date: String
  /// Official laps of the race.
  public var lapCount: Int
  /// Laps that were planned; nil when unknown.
  public var scheduledLapCount: Int?
  /// True for a race made by the generator. It is marked so everywhere.
  public var isSynthetic: Bool
  /// How far the data can be trusted.
  public var quality: Quality
  /// Why the quality is below A.
  public var qualityNote: String
  /// The rules that bind strategy.
  public var rules: RaceRules
  /// The session clock at the start of the race; nil when the source has none.
  public var startSessionMilliseconds: Int64?
  /// Safety cars, virtual safety cars and red flags, in order.
  public var neutralisations: [Neutralisation]
  /// Everybody who took part, by code ascending.
  public var entrants: [Entrant]
  /// Where each part of the record came from, in the order read.
  public var provenance: [Provenance]
}

/// A safety car, a virtual safety car or a red flag.
public struct Neutralisation: Sendable, Equatable {
  /// What slowed or stopped the race.
  public enum Kind: String, Sendable { case safetyCar = "SC", virtualSafetyCar = "VSC", redFlag = "RED" }
  /// What slowed or stopped the race.
  public var kind: Kind
  /// When it began.
  public var startElapsedMilliseconds: Int64
  /// When it ended; nil when it lasted to the flag.
  public var endElapsedMilliseconds: Int64?
  /// The leader's lap when it began.
  public var startLap: Int?
  /// The leader's lap when it ended.
  public var endLap: Int?
}

/// Where a part of a record came from.
public struct Provenance: Sendable, Equatable {
  /// The part: `laps`, `results`, `grid`, `pitStops`, `neutralisations`, `race`, …
  public var part: String
  /// The source: `tidy`, `fastf1`, `generator`, …
  public var source: String
  /// The file or address read.
  public var location: String
  /// SHA-256 of the bytes read, in lower-case hexadecimal.
  public var digest: String
}

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
}

/// A time penalty announced during the race.
public struct Penalty: Sendable, Equatable {
  /// The lap on which it was announced.
  public var lap: Int
  /// Its length.
  public var milliseconds: Int64
}

/// One lap of one car.
public struct Lap: Sendable, Equatable {
  /// Where a lap time came from.
  public enum TimeSource: String, Sendable { case timing, official, derived }

  /// From 1.
  public var number: Int
  /// The lap time; nil when unknown.
  public var timeMilliseconds: Int64?
  /// Where the lap time came from.
  public var timeSource: TimeSource
  /// Sector times; nil when unknown.
  public var sectorMilliseconds: [Int64?]
  /// Time since the start at the end of the lap; nil when unknown.
  public var elapsedMilliseconds: Int64?
  /// The tyre; nil when unknown.
  public var compound: Compound?
  /// Laps on the set at the end of the lap, earlier sessions included; nil when unknown.
  public var tyreLife: Int?
  /// The source's own stint number; nil when unknown.
  public var stint: Int?
  /// Time since the start at which the car entered the pit lane at the end of this lap.
  public var pitInElapsedMilliseconds: Int64?
  /// Time since the start at which the car left the pit lane at the beginning of this lap.
  public var pitOutElapsedMilliseconds: Int64?
  /// The track-status digits met during the lap, in order; empty when unknown.
  public var trackStatus: String
  /// Order over the line for this lap number; nil when unknown.
  public var position: Int?
  /// The source made this lap up (the last lap of a retired car).
  public var isGenerated: Bool
  /// The lap counts towards the official distance.
  public var isCounted: Bool
  /// The lap time was deleted by race control.
  public var isDeleted: Bool
}

/// One pass through the pit lane.
public struct PitStop: Sendable, Equatable {
  /// The in-lap.
  public var lap: Int
  /// Time from pit-lane entry to exit; nil when the car did not come out.
  public var laneMilliseconds: Int64?
  /// A new set was fitted; nil when unknown.
  public var tyresChanged: Bool?
}
