import Racing

/// `neutralisations.csv`: safety cars, virtual safety cars and red flags, by race.
struct TidyNeutralisations: Sendable {
  let provenance: Provenance
  private var periods: [RaceKey: [Neutralisation]] = [:]

  init(_ file: InputFile, limits: ReadingLimits) throws(TimingError) {
    provenance = file.provenance(part: "neutralisations", source: tidySource)
    var reader = try CSVReader(file, limits: limits)
    let season = try reader.column("season")
    let round = try reader.column("round")
    let kind = try reader.column("kind")
    let start = try reader.column("start_elapsed_ms")
    let end = try reader.column("end_elapsed_ms")
    let startLap = reader.optionalColumn("start_lap")
    let endLap = reader.optionalColumn("end_lap")
    while try reader.next() {
      guard let what = Neutralisation.Kind(rawValue: reader.text(kind)) else {
        throw reader.bad(kind, "SC, VSC or RED")
      }
      let period = Neutralisation(
        kind: what, startElapsedMilliseconds: try reader.requiredInteger(start),
        endElapsedMilliseconds: try reader.integer(end), startLap: try reader.count(startLap),
        endLap: try reader.count(endLap))
      periods[try reader.raceKey(season, round), default: []].append(period)
    }
  }

  /// The periods of that race, in the order of the file.
  subscript(key: RaceKey) -> [Neutralisation] { periods[key] ?? [] }
}
