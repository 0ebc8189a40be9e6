/// Results of several races, each on its own. Pages of any list may come in any order.
public struct OfficialSeason: Sendable, Equatable {
  /// A race's place in the championship.
  public struct Key: Sendable, Hashable, Comparable {
    /// The season.
    public var season: Int
    /// The round.
    public var round: Int

    /// That round.
    public init(season: Int, round: Int) {
      self.season = season
      self.round = round
    }

    /// Seasons first.
    public static func < (left: Key, right: Key) -> Bool {
      (left.season, left.round) < (right.season, right.round)
    }
  }

  /// What is known of each race.
  public private(set) var races: [Key: OfficialResults] = [:]

  /// Nothing.
  public init() {}

  /// Takes one page in.
  public mutating func read(_ answer: OfficialAnswer) {
    for race in answer.races {
      guard let season = race["season"]?.whole, let round = race["round"]?.whole else { continue }
      races[Key(season: season, round: round), default: OfficialResults()].readRace(race)
    }
  }
}
