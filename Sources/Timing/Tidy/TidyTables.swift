public import Racing

/// A directory of tidy tables: one row a fact, one file a table, laps in a file of their own for each race.
///
/// ```
/// races.csv  results.csv  pit_stops.csv  neutralisations.csv                       needed
/// grid.csv  drivers.csv  constructors.csv  race_control.csv.gz                     used when there
/// laps/<season>-<round>-<slug>.csv.gz                                              one for each race
/// ```
/// Opening it reads the shared tables once; each race then costs its laps file only.
public struct TidyTables: Sendable {
  /// One line of `races.csv`.
  public struct Listing: Sendable, Equatable {
    /// `2023-06-monaco`.
    public let id: String
    /// The season and round.
    public let key: RaceKey
    /// `monaco`.
    public let slug: String
    /// `Monaco Grand Prix`.
    public let name: String
    /// The circuit's identifier.
    public let circuit: String
    /// The day of the race.
    public let date: String
    /// Official laps.
    public let lapCount: Int
    /// Laps that were planned.
    public let scheduledLapCount: Int?
    /// The session clock at the start.
    public let startSessionMilliseconds: Int64?
    /// How far the data can be trusted.
    public let quality: RaceRecord.Quality
    /// Why it is below A.
    public let qualityNote: String
  }

  /// The directory's path.
  public let directory: String
  /// The races, in the order of the file.
  public let races: [Listing]

  let limits: ReadingLimits
  let results: TidyResults
  let grid: TidyGrid?
  let pitStops: TidyPitStops
  let neutralisations: TidyNeutralisations
  let names: TidyNames
  let messages: TidyMessages?
  let racesProvenance: Provenance

  /// Opens the directory and reads the shared tables.
  ///
  /// - Throws: `unreadable` for a table that is needed and absent, and every error of a malformed table.
  /// - Complexity: O(bytes of the shared tables), about 2 MB for 140 races.
  public init(directory: String, limits: ReadingLimits = ReadingLimits()) throws(TimingError) {
    self.directory = directory
    self.limits = limits
    let folder = Folder(path: directory, limits: limits)
    (races, racesProvenance) = try TidyTables.readRaces(try folder.file("races.csv"), limits: limits)
    results = try TidyResults(try folder.file("results.csv"), limits: limits)
    pitStops = try TidyPitStops(try folder.file("pit_stops.csv"), limits: limits)
    neutralisations = try TidyNeutralisations(try folder.file("neutralisations.csv"), limits: limits)
    names = try TidyNames(folder: folder)
    grid = if let file = try folder.optionalFile("grid.csv") { try TidyGrid(file, limits: limits) } else { nil }
    messages =
      if let file = try folder.optionalFile("race_control.csv") {
        try TidyMessages(file, limits: limits)
      } else { nil }
  }

  /// The race with that identifier, such as `2023-06-monaco`.
  ///
  /// - Throws: `unknownRace`, and every error of a malformed laps file.
  public func race(_ id: String) throws(TimingError) -> ImportedRace {
    guard let listing = races.first(where: { $0.id == id }) else {
      throw .unknownRace(source: directory, race: id, held: races.map(\.id))
    }
    return try TidyRace(tables: self, listing: listing).imported()
  }

  private static func readRaces(
    _ file: InputFile, limits: ReadingLimits
  ) throws(TimingError) -> ([Listing], Provenance) {
    var rows = try CSVReader(file, limits: limits)
    let columns = try ListingColumns(rows)
    var races: [Listing] = []
    var lines: [String: Int] = [:]
    while try rows.next() {
      let race = try columns.listing(rows)
      if let first = lines.updateValue(rows.line, forKey: race.id) {
        throw .duplicateRace(rows.place(columns.id), race: race.id, firstLine: first)
      }
      races.append(race)
    }
    return (races, file.provenance(part: "race", source: tidySource))
  }
}

/// The name of this source in provenance.
let tidySource = "tidy"
