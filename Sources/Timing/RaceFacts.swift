/// What a caller knows of a race and the source may lack. Given facts win over derived ones.
public struct RaceFacts: Sendable, Equatable {
  /// The year of the championship.
  public var season: Int?
  /// The round of the season.
  public var round: Int?
  /// The Grand Prix in a URL: `monaco`.
  public var slug: String?
  /// The Grand Prix in words: `Monaco Grand Prix`.
  public var name: String?
  /// The circuit's identifier: `monaco`.
  public var circuit: String?
  /// The day of the race: `2023-05-28`.
  public var date: String?
  /// Laps that were planned.
  public var scheduledLapCount: Int?
  /// The session clock at the start of the race.
  public var startSessionMilliseconds: Int64?
  /// The winner's official race time less penalties added to it after the race. It anchors the start.
  public var winnerTimeMilliseconds: Int64?

  /// Facts; what is left out is taken from the source.
  public init(
    season: Int? = nil, round: Int? = nil, slug: String? = nil, name: String? = nil, circuit: String? = nil,
    date: String? = nil, scheduledLapCount: Int? = nil, startSessionMilliseconds: Int64? = nil,
    winnerTimeMilliseconds: Int64? = nil
  ) {
    self.season = season
    self.round = round
    self.slug = slug
    self.name = name
    self.circuit = circuit
    self.date = date
    self.scheduledLapCount = scheduledLapCount
    self.startSessionMilliseconds = startSessionMilliseconds
    self.winnerTimeMilliseconds = winnerTimeMilliseconds
  }
}
