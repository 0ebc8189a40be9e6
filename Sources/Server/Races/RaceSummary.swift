public import Racing

/// What is known of a race without its laps, and without its result.
public struct RaceSummary: Sendable, Equatable {
  /// Season and round.
  public let key: RaceKey
  /// The Grand Prix in a URL.
  public let slug: String
  /// The Grand Prix in words.
  public let name: String
  /// The circuit's identifier.
  public let circuit: String
  /// The day of the race; empty when unknown.
  public let date: String
  /// Laps of the race.
  public let lapCount: Int
  /// How far the data can be trusted.
  public let quality: RaceRecord.Quality
  /// Why the quality is below A.
  public let qualityNote: String
  /// Made by the generator.
  public let isSynthetic: Bool
  /// The rules that bind strategy.
  public let rules: RaceRules
  /// SHA-256 of the record, lower-case hexadecimal.
  public let digest: String
  /// Where the record came from, in the order read.
  public let provenance: [Provenance]
  /// Who took part, by code.
  public let drivers: [Driver]
  /// Tyres that somebody used, ascending.
  public let compounds: [Compound]

  /// One who took part.
  public struct Driver: Sendable, Equatable {
    /// Three-letter code.
    public let code: DriverCode
    /// Car number; nil when unknown.
    public let number: Int?
    /// In words.
    public let name: String
    /// The team in that season.
    public let team: String
    /// Six hexadecimal digits; nil when unknown.
    public let teamColour: String?
    /// Place on the grid; nil when unknown or from the pit lane.
    public let grid: Int?
  }

  /// The summary of a record. O(laps).
  public init(_ record: RaceRecord) {
    key = record.key
    slug = record.slug
    name = record.name
    circuit = record.circuit
    date = record.date
    lapCount = record.lapCount
    quality = record.quality
    qualityNote = record.qualityNote
    isSynthetic = record.isSynthetic
    rules = record.rules
    digest = record.digest
    provenance = record.provenance
    drivers = record.entrants.map(Driver.init)
    compounds = Compound.allCases.filter { compound in
      record.entrants.contains { $0.laps.contains { $0.compound == compound } }
    }
  }
}

extension RaceSummary.Driver {
  init(_ entrant: Entrant) {
    let slot: Int? = if case .slot(let slot) = entrant.grid { slot } else { nil }
    self.init(
      code: entrant.code, number: entrant.number, name: entrant.name, team: entrant.team,
      teamColour: entrant.teamColour, grid: slot)
  }
}
