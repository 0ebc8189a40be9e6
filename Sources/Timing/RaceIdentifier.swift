public import Racing

/// A race in a file's or a folder's name: `2023-06-monaco`.
public struct RaceIdentifier: Sendable, Hashable {
  /// The season and round.
  public let key: RaceKey
  /// What follows the round: `monaco`.
  public let slug: String

  /// A race with that key and slug.
  public init(key: RaceKey, slug: String) {
    self.key = key
    self.slug = slug
  }

  /// The race named by the text; nil when it is not `<season>-<round>-<slug>` with a slug of `a-z`, `0-9` and `-`.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, (1...2).contains(parts[1].utf8.count),
      let season = Int16(parts[0]), let round = Int16(parts[1]), season >= 1950, round >= 1, !parts[2].isEmpty,
      parts[2].utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") })
    else { return nil }
    self.init(key: RaceKey(season: season, round: round), slug: String(parts[2]))
  }
}

extension RaceIdentifier: CustomStringConvertible {
  /// `2023-06-monaco`.
  public var description: String {
    "\(key.season)-\(key.round < 10 ? "0" : "")\(key.round)-\(slug)"
  }
}
