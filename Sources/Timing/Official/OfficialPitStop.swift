/// A stop as the results service lists it. Its duration is the time in the pit lane, never at a standstill.
public struct OfficialPitStop: Sendable, Equatable {
  /// The service's name of the driver.
  public var driverID: String
  /// The lap that ended in the pits.
  public var lap: Int
  /// From 1.
  public var stop: Int
  /// The local time of day in milliseconds.
  public var clock: Int?
  /// Milliseconds in the pit lane; a red flag is part of it.
  public var lane: Int?

  init?(_ entry: JSONValue) {
    guard let driver = entry["driverId"]?.string, let lap = entry["lap"]?.whole, let stop = entry["stop"]?.whole else {
      return nil
    }
    self.init(driverID: driver, lap: lap, stop: stop, clock: entry["time"]?.string, lane: entry["duration"]?.string)
  }

  /// A stop with its time of day and its duration as they are written: `20.006` or `25:41.803`.
  init(driverID: String, lap: Int, stop: Int, clock: String?, lane: String?) {
    self.driverID = driverID
    self.lap = lap
    self.stop = stop
    self.clock = clock.flatMap { ClockText.duration($0) }
    self.lane = lane.flatMap { ClockText.duration($0) }
  }
}
