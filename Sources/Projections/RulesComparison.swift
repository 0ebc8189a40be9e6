public import Events
public import Racing

/// What other rules would make of the same history: every listed user, and every window.
public struct RulesComparison: Sendable, Equatable {
  /// A user on one of the two overall leaderboards.
  public struct User: Sendable, Equatable {
    /// The account.
    public var user: UserID
    /// Rank and rating under the rules in force, hundredths; nil when not listed.
    public var before: Place?
    /// The same under the other rules.
    public var after: Place?
  }

  /// Where somebody stands.
  public struct Place: Sendable, Equatable {
    /// From 1.
    public var rank: Int
    /// Hundredths.
    public var rating: Int32
  }

  /// The windows of a race under both.
  public struct Window: Sendable, Equatable {
    /// The race.
    public var race: RaceKey
    /// Its circuit.
    public var circuit: String
    /// Under the rules in force; nil where nobody has played.
    public var before: OptimalStrategy?
    /// Under the other rules.
    public var after: OptimalStrategy?
    /// The two say the same.
    public var isEqual: Bool { before == after }
  }

  /// Users whose place or rating differs, by identifier.
  public var users: [User]
  /// Users on either leaderboard.
  public var userCount: Int
  /// Windows by race.
  public var windows: [Window]

  /// Compares two models of the same history.
  ///
  /// - Parameters:
  ///   - references: races with what the model knows of them.
  /// - Complexity: O(users × log + windows).
  public init(
    _ before: ReadModel, _ after: ReadModel, references: [(race: RaceKey, circuit: String, CrowdReference)]
  ) {
    precondition(before.position == after.position, "histories of different lengths are not compared")
    let old = Self.places(before)
    let new = Self.places(after)
    let all = Set(old.keys).union(new.keys).sorted { ($0.high, $0.low) < ($1.high, $1.low) }
    userCount = all.count
    users = all.map { User(user: $0, before: old[$0], after: new[$0]) }.filter { $0.before != $0.after }
    windows = references.map { race, circuit, reference in
      var (before, after) = (before, after)
      return Window(
        race: race, circuit: circuit,
        before: before.crowd(circuit: circuit, season: race.season)?.optimalStrategy(reference),
        after: after.crowd(circuit: circuit, season: race.season)?.optimalStrategy(reference))
    }
  }

  private static func places(_ model: ReadModel) -> [UserID: Place] {
    let rows = model.leaderboard(.overall, limit: model.listedCount(.overall))
    return Dictionary(
      rows.map { ($0.key.user, Place(rank: $0.rank, rating: $0.key.rating)) }, uniquingKeysWith: { first, _ in first })
  }
}
