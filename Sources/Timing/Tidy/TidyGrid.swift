import Racing

/// `grid.csv`: where everybody started; `PL` is the pit lane.
struct TidyGrid: Sendable {
  let provenance: Provenance
  private var slots: [RaceKey: [DriverCode: Entrant.GridSlot]] = [:]

  init(_ file: InputFile, limits: ReadingLimits) throws(TimingError) {
    provenance = file.provenance(part: "grid", source: tidySource)
    var reader = try CSVReader(file, limits: limits)
    let season = try reader.column("season")
    let round = try reader.column("round")
    let driver = try reader.column("driver")
    let grid = try reader.column("grid")
    while try reader.next() {
      let key = try reader.raceKey(season, round)
      guard let slot = try TidyGrid.slot(reader, grid) else { continue }
      slots[key, default: [:]][try reader.driver(driver)] = slot
    }
  }

  /// The slots of that race.
  subscript(key: RaceKey) -> [DriverCode: Entrant.GridSlot] { slots[key] ?? [:] }

  private static func slot(_ reader: CSVReader, _ column: CSVReader.Column) throws(TimingError) -> Entrant.GridSlot? {
    if reader.isEmpty(column) { return nil }
    if reader.text(column) == "PL" { return .pitLane }
    guard let number = reader.withBytes(column, wholeNumber), (1...99).contains(number) else {
      throw reader.bad(column, "a slot from 1, or PL for the pit lane")
    }
    return .slot(Int(number))
  }
}
