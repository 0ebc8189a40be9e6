/// Names one Grand Prix for ever: the season and the round in it.
public struct RaceKey: Sendable, Hashable, Comparable {
  /// The year of the championship, such as 2023.
  public let season: Int16
  /// The round of the season, from 1.
  public let round: Int16

  /// The race of that season and round.
  @inlinable
  public init(season: Int16, round: Int16) {
    self.season = season
    self.round = round
  }

  /// Earlier seasons, then earlier rounds, first.
  public static func < (left: RaceKey, right: RaceKey) -> Bool {
    (left.season, left.round) < (right.season, right.round)
  }
}
