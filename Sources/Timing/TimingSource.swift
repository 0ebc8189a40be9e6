import Racing

/// Somewhere races can be read from: a directory, a file, later a service.
public protocol TimingSource: Sendable {
  /// The races it holds, as `2023-06-monaco`, in its own order. A part that the source does not tell is left out.
  var raceNames: [String] { get }

  /// One race; nil asks for the only one.
  ///
  /// - Throws: `raceNotChosen`, `unknownRace`, and every error of malformed content.
  func race(named name: String?) throws(TimingError) -> ImportedRace
}

/// The position of the race that was asked for by its whole name, its slug or its round.
///
/// - Throws: `unknownRace`; `raceNotChosen` when nothing was asked for, or several answer.
func chooseRace(_ asked: String?, among names: [String], source: String) throws(TimingError) -> Int {
  guard let asked else {
    if names.count == 1 { return 0 }
    throw .raceNotChosen(source: source, held: names)
  }
  if let exact = names.firstIndex(of: asked) { return exact }
  let answering = names.indices.filter { index in
    guard let race = RaceIdentifier(names[index]) else { return false }
    return race.slug == asked || "\(race.key.round)" == asked || race == RaceIdentifier(asked)
  }
  if answering.count > 1 { throw .raceNotChosen(source: source, held: answering.map { names[$0] }) }
  guard let only = answering.first else { throw .unknownRace(source: source, race: asked, held: names) }
  return only
}

extension TidyTables: TimingSource {
  /// The races of `races.csv`.
  public var raceNames: [String] { races.map(\.id) }

  /// One race, by its whole name, or by its slug or round where only one race has it.
  public func race(named name: String?) throws(TimingError) -> ImportedRace {
    try race(raceNames[chooseRace(name, among: raceNames, source: directory)])
  }
}
