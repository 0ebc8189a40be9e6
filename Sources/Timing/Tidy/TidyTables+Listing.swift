import Racing

/// The columns of `races.csv` that are used.
struct ListingColumns {
  let id, season, round, name, date, circuit, laps, scheduled, start, quality, note: CSVReader.Column

  init(_ rows: CSVReader) throws(TimingError) {
    id = try rows.column("race_id")
    season = try rows.column("season")
    round = try rows.column("round")
    name = try rows.column("grand_prix")
    date = try rows.column("date")
    circuit = try rows.column("circuit_id")
    laps = try rows.column("laps")
    scheduled = rows.optionalColumn("laps_scheduled")
    start = try rows.column("race_start_session_ms")
    quality = rows.optionalColumn("quality")
    note = rows.optionalColumn("quality_note")
  }

  func listing(_ rows: CSVReader) throws(TimingError) -> TidyTables.Listing {
    let identifier = rows.text(id)
    guard let parsed = RaceIdentifier(identifier) else { throw rows.bad(id, "a race, as 2023-06-monaco") }
    let key = try rows.raceKey(season, round)
    guard key == parsed.key else { throw rows.bad(id, "the race of season \(key.season), round \(key.round)") }
    return TidyTables.Listing(
      id: identifier, key: key, slug: parsed.slug, name: rows.text(name), circuit: rows.text(circuit),
      date: rows.text(date), lapCount: try rows.requiredCount(laps), scheduledLapCount: try rows.count(scheduled),
      startSessionMilliseconds: try rows.integer(start), quality: try quality(rows), qualityNote: rows.text(note))
  }

  private func quality(_ rows: CSVReader) throws(TimingError) -> RaceRecord.Quality {
    if rows.isEmpty(quality) { return .a }
    guard let value = RaceRecord.Quality(rawValue: rows.text(quality)) else { throw rows.bad(quality, "A, B or C") }
    return value
  }
}
