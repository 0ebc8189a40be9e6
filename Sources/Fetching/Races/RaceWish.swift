/// Which race is wanted, and from whom.
public struct RaceWish: Sendable, Equatable {
  /// The season.
  public var season: Int
  /// The Grand Prix as in URLs: `monaco`.
  public var slug: String
  /// The round, where the caller knows better than the sources.
  public var round: Int?
  /// The circuit's identifier, where the caller knows better.
  public var circuit: String?
  /// Who is asked. Default everybody.
  public var sources: [NetworkSource]

  /// A wish.
  public init(
    season: Int, slug: String, round: Int? = nil, circuit: String? = nil,
    sources: [NetworkSource] = NetworkSource.allCases
  ) {
    self.season = season
    self.slug = slug
    self.round = round
    self.circuit = circuit
    self.sources = sources
  }
}
