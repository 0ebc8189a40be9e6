import Racing

/// Which race a source holds: from the caller's facts, then from the source, then from known names.
struct RaceIdentity: Sendable, Equatable {
  let key: RaceKey
  let slug: String
  let name: String
  let circuit: String

  /// - Throws: `factNotGiven` naming the season, the round, the Grand Prix or the circuit.
  init(
    facts: RaceFacts, season: Int?, round: Int?, slug: String?, eventName: String?, source: String
  ) throws(TimingError) {
    let season = try RaceIdentity.need(facts.season ?? season, "season", "Give the season.", source)
    let round = try RaceIdentity.need(facts.round ?? round, "round", "Give the round.", source)
    guard let year = Int16(exactly: season), let number = Int16(exactly: round), year >= 1950, number >= 1 else {
      throw .factNotGiven(
        source: source, fact: "season and round (\(season), \(round))", remedy: "Give a season and a round.")
    }
    key = RaceKey(season: year, round: number)
    let words = facts.name ?? eventName
    let known = words.flatMap(GrandPrixNames.named)
    let found = facts.slug ?? slug ?? known?.slug
    self.slug = try RaceIdentity.need(found, "Grand Prix", "Give its slug, such as monaco.", source)
    let entry = known ?? GrandPrixNames.slug(self.slug)
    name = words ?? entry?.name ?? self.slug
    let place = entry.flatMap { $0.seasons.contains(season) ? $0.circuit : nil }
    circuit = try RaceIdentity.need(facts.circuit ?? place, "circuit", "Give its identifier, such as monaco.", source)
  }

  private static func need<Value>(
    _ value: Value?, _ fact: String, _ remedy: String, _ source: String
  ) throws(TimingError) -> Value {
    guard let value else { throw .factNotGiven(source: source, fact: fact, remedy: remedy) }
    return value
  }
}
