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

  /// A lap with those facts; what is left out is unknown, and the lap counts.
  public init(
    number: Int, timeMilliseconds: Int64? = nil, timeSource: TimeSource = .timing, sectorMilliseconds: [Int64?] = [],
    elapsedMilliseconds: Int64? = nil, compound: Compound? = nil, tyreLife: Int? = nil, stint: Int? = nil,
    pitInElapsedMilliseconds: Int64? = nil, pitOutElapsedMilliseconds: Int64? = nil, trackStatus: String = "",
    position: Int? = nil, isGenerated: Bool = false, isCounted: Bool = true, isDeleted: Bool = false
  ) {
    self.number = number
    self.timeMilliseconds = timeMilliseconds
    self.timeSource = timeSource
    self.sectorMilliseconds = sectorMilliseconds
    self.elapsedMilliseconds = elapsedMilliseconds
    self.compound = compound
    self.tyreLife = tyreLife
    self.stint = stint
    self.pitInElapsedMilliseconds = pitInElapsedMilliseconds
    self.pitOutElapsedMilliseconds = pitOutElapsedMilliseconds
    self.trackStatus = trackStatus
    self.position = position
    self.isGenerated = isGenerated
    self.isCounted = isCounted
    self.isDeleted = isDeleted
  }
}

/// One pass through the pit lane.
public struct PitStop: Sendable, Equatable {
  /// The in-lap.
  public var lap: Int
  /// Time from pit-lane entry to exit; nil when the car did not come out.
  public var laneMilliseconds: Int64?
  /// A new set was fitted; nil when unknown.
  public var tyresChanged: Bool?

  /// A pass through the lane at the end of that lap.
  public init(lap: Int, laneMilliseconds: Int64? = nil, tyresChanged: Bool? = nil) {
    self.lap = lap
    self.laneMilliseconds = laneMilliseconds
    self.tyresChanged = tyresChanged
  }
}
