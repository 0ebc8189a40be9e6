import Racing

/// `pit_stops.csv`: every pass through the pit lane, by race and driver.
struct TidyPitStops: Sendable {
  let provenance: Provenance
  private var stops: [RaceKey: [DriverCode: [PitStop]]] = [:]

  init(_ file: InputFile, limits: ReadingLimits) throws(TimingError) {
    provenance = file.provenance(part: "pitStops", source: tidySource)
    var reader = try CSVReader(file, limits: limits)
    let season = try reader.column("season")
    let round = try reader.column("round")
    let driver = try reader.column("driver")
    let lap = try reader.column("lap")
    let lane = try reader.column("pit_lane_ms")
    let changed = try reader.column("tyres_changed")
    while try reader.next() {
      let key = try reader.raceKey(season, round)
      let stop = PitStop(
        lap: try reader.requiredCount(lap), laneMilliseconds: try reader.integer(lane),
        tyresChanged: try reader.flag(changed))
      stops[key, default: [:]][try reader.driver(driver), default: []].append(stop)
    }
  }

  /// The stops of that race, each driver's in the order of the file.
  subscript(key: RaceKey) -> [DriverCode: [PitStop]] { stops[key] ?? [:] }
}
