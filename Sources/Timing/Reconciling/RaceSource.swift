import Racing

/// Where a race record came from, as far as trust is concerned.
public enum RaceSource: String, Sendable, Equatable, CaseIterable {
  case liveTiming = "livetiming"
  case recording
  case fastF1 = "fastf1"
  /// FastF1 before 3.9, which loses laps of 150 s and more and numbers some wrongly.
  case oldFastF1 = "fastf1-old"
  case openF1 = "openf1"
  case official = "jolpica"
  /// Tables that were put together by others.
  case tables

  /// The source of a record, by what it names itself.
  init(_ race: ImportedRace) {
    let names = Set(race.record.provenance.map(\.source))
    self =
      switch true {
      case names.contains(liveTimingSource):
        race.record.provenance.contains { $0.part == "recording" } ? .recording : .liveTiming
      case names.contains(openF1Source): .openF1
      case names.contains(fastF1Source): .fastF1
      case names.isEmpty, names.contains(officialSource): .official
      default: .tables
      }
  }
}

/// A race as one source tells it.
public struct SourcedRace: Sendable {
  /// The source.
  public var source: RaceSource
  /// The race.
  public var race: ImportedRace

  /// A race with its source; nil takes the source from the record's provenance.
  public init(_ race: ImportedRace, source: RaceSource? = nil) {
    self.race = race
    self.source = source ?? RaceSource(race)
  }
}

/// Whom to believe, field by field: the first source that has a value wins.
enum Trust {
  /// Lap times from the second lap on, sectors, ends, the pit lane, tyres.
  static let timing: [RaceSource] = [.liveTiming, .recording, .fastF1, .tables, .openF1, .oldFastF1, .official]
  /// Lap 1: nobody times it but the stewards.
  static let firstLap: [RaceSource] = [.official, .tables, .liveTiming, .recording, .fastF1, .oldFastF1, .openF1]
  /// Places, laps, times, grid.
  static let results: [RaceSource] = [.official, .openF1, .fastF1, .oldFastF1, .tables, .liveTiming, .recording]
  /// Names and colours.
  static let identity: [RaceSource] = [.liveTiming, .recording, .openF1, .fastF1, .oldFastF1, .tables, .official]

  /// The place of a source in an order.
  static func rank(_ source: RaceSource, in order: [RaceSource]) -> Int { order.firstIndex(of: source) ?? order.count }
}
