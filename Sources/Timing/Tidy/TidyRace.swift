import Racing

/// Puts one race together from the shared tables and its laps file.
struct TidyRace {
  let tables: TidyTables
  let listing: TidyTables.Listing

  /// The race.
  func imported() throws(TimingError) -> ImportedRace {
    let folder = Folder(path: tables.directory, limits: tables.limits)
    let file = try folder.file("laps/\(listing.id).csv")
    guard let start = listing.startSessionMilliseconds else {
      throw .factNotGiven(
        source: file.path, fact: "start of the race", remedy: "Fill race_start_session_ms in races.csv.")
    }
    let laps = try TidyLaps(file, key: listing.key, start: start, limits: tables.limits)
    let record = RaceRecord(
      key: listing.key, slug: listing.slug, name: listing.name, circuit: listing.circuit, date: listing.date,
      lapCount: listing.lapCount, scheduledLapCount: listing.scheduledLapCount, quality: listing.quality,
      qualityNote: listing.qualityNote, rules: .known(season: listing.key.season, slug: listing.slug),
      startSessionMilliseconds: start, neutralisations: tables.neutralisations[listing.key],
      entrants: entrants(laps), provenance: provenance(laps))
    return RecordCheck.checked(record, notes: gaps() + laps.notes)
  }

  private func entrants(_ laps: TidyLaps) -> [Entrant] {
    let results = tables.results[listing.key]
    let byCode = Dictionary(results.map { ($0.driver, $0) }) { first, _ in first }
    let drove = Set(laps.drivers.map(\.code))
    let withLaps = laps.drivers.map { entrant($0, byCode[$0.code]) }
    let without = results.filter { !drove.contains($0.driver) && $0.didStart }.map(entrant)
    return (withLaps + without).sorted { $0.code < $1.code }
  }

  private func entrant(_ driver: TidyLaps.Driver, _ result: TidyResults.Row?) -> Entrant {
    let counted = driver.laps.count { $0.isCounted && !$0.isGenerated }
    let number = driver.number ?? result?.number
    return Entrant(
      code: driver.code, number: number,
      name: tables.names.driver(driver.driverID) ?? "\(driver.code)", team: driver.team,
      grid: tables.grid?[listing.key][driver.code],
      result: result?.classification ?? Classification(position: nil, status: "", laps: counted),
      laps: driver.laps, pitStops: tables.pitStops[listing.key][driver.code] ?? [],
      penalties: tables.messages?[listing.key]?.penalties(car: number) ?? [])
  }

  /// Somebody who took part and has no lap.
  private func entrant(_ result: TidyResults.Row) -> Entrant {
    Entrant(
      code: result.driver, number: result.number, name: tables.names.driver(result.driverID) ?? "\(result.driver)",
      team: tables.names.constructor(result.constructorID) ?? result.constructorID,
      grid: tables.grid?[listing.key][result.driver], result: result.classification, laps: [])
  }

  private func provenance(_ laps: TidyLaps) -> [Provenance] {
    [tables.racesProvenance, laps.provenance, tables.results.provenance, tables.pitStops.provenance]
      + [tables.neutralisations.provenance] + [tables.grid?.provenance, tables.messages?.provenance].compactMap { $0 }
      + tables.names.provenance
  }

  private func gaps() -> [ImportNote] {
    var notes: [ImportNote] = []
    if tables.grid == nil { notes.append(ImportNote(.gap, "grid.csv is absent: nobody's slot is known")) }
    if tables.messages?[listing.key] == nil {
      notes.append(ImportNote(.gap, "no race-control messages: time penalties and deleted laps are unknown"))
    }
    return notes
  }
}
