/// Times are milliseconds. `elapsed` times count from the race's start.
public struct RaceRecord: Sendable, Equatable {
  /// How far the data can be trusted: A complete, B with repairs, C not to be modelled.
  public enum Quality: String, Sendable { case a = "A", b = "B", c = "C" }

  /// The season and round.
  public var key: RaceKey
  /// The Grand Prix in a URL: `monaco`, `saudi-arabia`.
  public var slug: String
  /// The Grand Prix in words: `Monaco Grand Prix`.
  public var name: String
  /// The circuit's identifier: `monaco`, `yas-marina`.
  public var circuit: String
  /// The day of the race, `2023-05-28`; empty when unknown.
  public var date: String
  /// Official laps of the race.
  public var lapCount: Int
  /// Laps that were planned; nil when unknown.
  public var scheduledLapCount: Int?
  /// True for a race made by the generator. It is marked so everywhere.
  public var isSynthetic: Bool
  /// How far the data can be trusted.
  public var quality: Quality
  /// Why the quality is below A.
  public var qualityNote: String
  /// The rules that bind strategy.
  public var rules: RaceRules
  /// The session clock at the start of the race; nil when the source has none.
  public var startSessionMilliseconds: Int64?
  /// Safety cars, virtual safety cars and red flags, in order.
  public var neutralisations: [Neutralisation]
  /// Everybody who took part, by code ascending.
  public var entrants: [Entrant]
  /// Where each part of the record came from, in the order read.
  public var provenance: [Provenance]

  /// A race with those facts; what is left out is unknown, or none.
  public init(
    key: RaceKey, slug: String, name: String, circuit: String, date: String = "", lapCount: Int,
    scheduledLapCount: Int? = nil, isSynthetic: Bool = false, quality: Quality = .a, qualityNote: String = "",
    rules: RaceRules = RaceRules(), startSessionMilliseconds: Int64? = nil, neutralisations: [Neutralisation] = [],
    entrants: [Entrant], provenance: [Provenance] = []
  ) {
    self.key = key
    self.slug = slug
    self.name = name
    self.circuit = circuit
    self.date = date
    self.lapCount = lapCount
    self.scheduledLapCount = scheduledLapCount
    self.isSynthetic = isSynthetic
    self.quality = quality
    self.qualityNote = qualityNote
    self.rules = rules
    self.startSessionMilliseconds = startSessionMilliseconds
    self.neutralisations = neutralisations
    self.entrants = entrants
    self.provenance = provenance
  }
}

/// A safety car, a virtual safety car or a red flag.
public struct Neutralisation: Sendable, Equatable {
  /// What slowed or stopped the race.
  public enum Kind: String, Sendable { case safetyCar = "SC", virtualSafetyCar = "VSC", redFlag = "RED" }
  /// What slowed or stopped the race.
  public var kind: Kind
  /// When it began.
  public var startElapsedMilliseconds: Int64
  /// When it ended; nil when it lasted to the flag.
  public var endElapsedMilliseconds: Int64?
  /// The leader's lap when it began.
  public var startLap: Int?
  /// The leader's lap when it ended.
  public var endLap: Int?

  /// A period; what is left out is unknown.
  public init(
    kind: Kind, startElapsedMilliseconds: Int64, endElapsedMilliseconds: Int64? = nil, startLap: Int? = nil,
    endLap: Int? = nil
  ) {
    self.kind = kind
    self.startElapsedMilliseconds = startElapsedMilliseconds
    self.endElapsedMilliseconds = endElapsedMilliseconds
    self.startLap = startLap
    self.endLap = endLap
  }
}

/// Where a part of a record came from.
public struct Provenance: Sendable, Equatable {
  /// The part: `laps`, `results`, `grid`, `pitStops`, `neutralisations`, `race`, …
  public var part: String
  /// The source: `tidy`, `fastf1`, `generator`, …
  public var source: String
  /// The file or address read.
  public var location: String
  /// SHA-256 of the bytes read, in lower-case hexadecimal.
  public var digest: String

  /// A part that was read from there.
  public init(part: String, source: String, location: String, digest: String) {
    self.part = part
    self.source = source
    self.location = location
    self.digest = digest
  }
}
