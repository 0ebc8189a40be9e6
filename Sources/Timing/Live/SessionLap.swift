/// One lap of one car of a session. Times are milliseconds; instants are on the session clock, which counts from the
/// beginning of the recording. Unknown is nil.
public struct SessionLap: Sendable, Equatable {
  /// The car's number.
  public var number: Int
  /// From 1.
  public var lap: Int
  /// Three letters; empty when unknown.
  public var code = ""
  /// The team's name; empty when unknown.
  public var team = ""
  /// When the lap began.
  public var start: Int?
  /// When it ended.
  public var end: Int?
  /// The lap time.
  public var time: Int?
  /// The times of the three sectors.
  public var sector1, sector2, sector3: Int?
  /// When each sector ended.
  public var sector1End, sector2End, sector3End: Int?
  /// Kilometres per hour at the two intermediates, the line and the trap.
  public var speedI1, speedI2, speedFL, speedST: Int?
  /// When the car entered the pit lane at the end of this lap.
  public var pitIn: Int?
  /// When it left the pit lane at the beginning of this lap.
  public var pitOut: Int?
  /// From 1.
  public var stint: Int?
  /// The tyre as the feed names it; nil where the car has no tyre message yet, "" where it never has one.
  public var compound: String?
  /// Laps on the set at the end of this lap.
  public var tyreLife: Int?
  /// The set was new when fitted.
  public var isFreshTyre: Bool?
  /// From 1, counts sets: driving through the pit lane on the same tyres is not a new one.
  public var tyreSet: Int?
  /// Distinct digits in the order met.
  public var trackStatus = ""
  /// Order over the line among the cars with this lap number.
  public var position: Int?
  /// The car's best lap when driven; nil on generated laps of stopped cars.
  public var isPersonalBest: Bool? = false
  /// Race control took the time away; nil where there are no messages.
  public var isDeleted: Bool?
  /// Why, without the clock.
  public var deletionReason = ""
  /// Made up for a car that stopped on track.
  public var isGenerated = false
  /// Sectors, ends and times agree, and the lap was driven under green or yellow without the pits.
  public var isAccurate = false

  /// An empty lap of that car.
  public init(number: Int, lap: Int) {
    self.number = number
    self.lap = lap
  }

  var sectorSum: Int? {
    guard let sector1, let sector2, let sector3 else { return nil }
    return sector1 + sector2 + sector3
  }
}
