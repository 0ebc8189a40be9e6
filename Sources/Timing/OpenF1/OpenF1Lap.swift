/// One row of OpenF1's `laps`. Unknown is nil.
public struct OpenF1Lap: Sendable, Equatable {
  /// The car's number.
  public var number: Int
  /// From 1.
  public var lap: Int
  /// When it began, in milliseconds since 1970: the arrival of a message, so approximate.
  public var startUTC: Int?
  /// Milliseconds.
  public var time, sector1, sector2, sector3: Int?
  /// Kilometres per hour.
  public var speedI1, speedI2, speedST: Int?
  /// It starts from the pit lane. Also said of lap 1.
  public var isPitOutLap: Bool?
  /// The mini-sectors of the whole lap, sector after sector.
  public var segments: [Int?]
  /// How many of them belong to each sector; nil where the export lost it.
  public var segmentCounts: [Int]?

  init?(_ row: [String: JSONValue]) {
    guard let number = row["driver_number"]?.whole, let lap = row["lap_number"]?.whole, (1...mostLaps).contains(lap)
    else { return nil }
    self.number = number
    self.lap = lap
    startUTC = row["date_start"]?.string.flatMap(UTCText.instant)
    time = row["lap_duration"]?.milliseconds
    sector1 = row["duration_sector_1"]?.milliseconds
    sector2 = row["duration_sector_2"]?.milliseconds
    sector3 = row["duration_sector_3"]?.milliseconds
    speedI1 = row["i1_speed"]?.wholeOrPointZero
    speedI2 = row["i2_speed"]?.wholeOrPointZero
    speedST = row["st_speed"]?.wholeOrPointZero
    isPitOutLap = row["is_pit_out_lap"]?.truth
    if let all = row[OpenF1Table.flattened] {
      segments = all.indexed.map(\.value.whole)
    } else {
      let lists = (1...3).map { row["segments_sector_\($0)"]?.indexed.map(\.value.whole) ?? [] }
      segments = lists.flatMap { $0 }
      segmentCounts = lists.map(\.count)
    }
  }
}

extension JSONValue {
  /// Seconds with decimals in whole milliseconds, rounded; nil for what no session lasts.
  var milliseconds: Int? {
    guard let seconds = decimal, abs(seconds) < 1_000_000 else { return nil }
    return Int((seconds * 1_000).rounded())
  }

  /// A whole number that may be written with `.0`.
  var wholeOrPointZero: Int? {
    if let whole { return whole }
    guard let decimal, abs(decimal) < 1e9, decimal == decimal.rounded() else { return nil }
    return Int(decimal)
  }
}
