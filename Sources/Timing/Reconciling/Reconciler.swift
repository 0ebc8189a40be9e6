import Racing

/// Makes one race out of what several sources tell of it. The first source that has a value wins, in an order that
/// depends on the field; every other value that differs is listed. The order in which sources are given does not matter.
public struct Reconciler: Sendable {
  private let sources: [SourcedRace]

  /// Sources of the same race.
  public init(_ sources: [SourcedRace]) {
    self.sources = sources.sorted { left, right in
      let key = { (race: SourcedRace) in
        (Trust.rank(race.source, in: Trust.timing), race.race.record.digest)
      }
      return key(left) < key(right)
    }
  }

  /// The race; nil without a source.
  public func reconciled() -> ImportedRace? {
    guard let first = sources.first else { return nil }
    if sources.count == 1 { return first.race }
    var merge = RaceMerge(sources)
    merge.run()
    return merge.result
  }
}

/// One run of the reconciler.
struct RaceMerge {
  /// Sources, the most trusted first, with lap numbers that agree.
  private(set) var sources: [SourcedRace]
  private(set) var result: ImportedRace
  var provenance: FieldProvenance

  init(_ sources: [SourcedRace]) {
    self.sources = sources
    // A source without laps cannot be what others are held against.
    let main = sources.firstIndex { !$0.race.record.entrants.allSatisfy(\.laps.isEmpty) } ?? 0
    self.sources.swapAt(0, main)
    result = self.sources[0].race
    provenance = FieldProvenance(main: self.sources[0].source.rawValue)
    for source in self.sources.dropFirst() {
      result.notes += source.race.notes
      result.disagreements += source.race.disagreements
    }
  }

  mutating func run() {
    alignLapNumbers()
    addEntrants()
    for index in result.record.entrants.indices {
      mergeLaps(of: index)
      mergeFields(of: index)
    }
    mergeRace()
    checkSums()
    result.fieldProvenance = provenance
  }

  /// What is known of a driver, source by source.
  func told(_ code: DriverCode) -> [(source: RaceSource, entrant: Entrant)] {
    sources.compactMap { source in
      source.race.record.entrants.first { $0.code == code }.map { (source.source, $0) }
    }
  }

  mutating func note(_ disagreement: Disagreement) { result.disagreements.append(disagreement) }

  mutating func change(_ body: (inout RaceRecord) -> Void) { body(&result.record) }

  private mutating func alignLapNumbers() {
    let reference = sources[0].race.record
    for index in sources.indices.dropFirst() {
      let shift = LapShift.found(in: sources[index].race.record, against: reference)
      guard shift != 0 else { continue }
      note(
        Disagreement(
          field: "lap", kept: "0", by: sources[0].source.rawValue, other: "\(-shift)",
          by: sources[index].source.rawValue, rule: "shift", severity: .error))
      sources[index].race.record = LapShift.moved(sources[index].race.record, by: shift)
    }
  }

  private mutating func addEntrants() {
    for source in sources.dropFirst() {
      for entrant in source.race.record.entrants
      where !result.record.entrants.contains(where: { $0.code == entrant.code }) {
        result.record.entrants.append(entrant)
      }
    }
    result.record.entrants.sort { $0.code < $1.code }
  }

  private mutating func mergeRace() {
    let main = sources[0]
    for source in sources.dropFirst() {
      let other = source.race.record
      if result.record.neutralisations.isEmpty { result.record.neutralisations = other.neutralisations }
      if result.record.date.isEmpty { result.record.date = other.date }
      result.record.scheduledLapCount = result.record.scheduledLapCount ?? other.scheduledLapCount
      let fields: [(String, String, String)] = [
        ("lap_count", "\(result.record.lapCount)", "\(other.lapCount)"), ("date", result.record.date, other.date),
      ]
      for (field, kept, value) in fields where kept != value && !value.isEmpty {
        note(Disagreement(field: field, kept: kept, by: main.source.rawValue, other: value, by: source.source.rawValue))
      }
      for part in other.provenance where !result.record.provenance.contains(part) {
        result.record.provenance.append(part)
      }
    }
  }
}
