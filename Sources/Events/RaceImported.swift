public import Racing

/// A race's data came in, or came in again with other content. Stream: the race.
public struct RaceImported: Sendable, Equatable {
  /// The race.
  public var race: RaceKey
  /// The Grand Prix in a URL.
  public var slug: String
  /// The circuit's identifier.
  public var circuit: String
  /// Laps of the race.
  public var laps: Int32
  /// The source read: `tidy`, `fastf1`, `generator`.
  public var source: String
  /// SHA-256 of the race record's canonical bytes, lower-case hexadecimal.
  public var digest: String
  /// Made by the generator.
  public var isSynthetic: Bool

  /// A race as it came in.
  public init(
    race: RaceKey, slug: String, circuit: String, laps: Int32, source: String, digest: String, isSynthetic: Bool
  ) {
    self.race = race
    self.slug = slug
    self.circuit = circuit
    self.laps = laps
    self.source = source
    self.digest = digest
    self.isSynthetic = isSynthetic
  }
}
