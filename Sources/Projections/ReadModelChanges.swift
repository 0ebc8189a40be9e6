public import Events
public import Racing

/// Which rows have changed since the last time, for whoever keeps a copy of them in tables.
public struct ReadModelChanges: Sendable, Equatable {
  /// Too much has changed to say what: copy everything.
  public var isEverything = false
  /// Runs that began, went on or ended, by start.
  public var simulations: [StreamID] = []
  /// Accounts whose runs and decisions are gone.
  public var erased: [UserID] = []
  /// Leaderboards on which something changed, and with it perhaps the rank of others.
  public var leaderboards: [LeaderboardScope] = []
  /// Accounts that came, moved or left, with their leaderboard.
  public var leaderboardUsers: [LeaderboardUser] = []
  /// Races whose windows may have moved.
  public var windows: [RaceKey] = []

  /// Nothing has changed.
  public init() {}

  /// One account on one leaderboard.
  public struct LeaderboardUser: Sendable, Hashable {
    /// The leaderboard.
    public var scope: LeaderboardScope
    /// The account.
    public var user: UserID

    /// An account on a leaderboard.
    public init(scope: LeaderboardScope, user: UserID) {
      self.scope = scope
      self.user = user
    }
  }
}

extension ReadModel {
  /// What has changed since the last call; from now on changes are counted anew. Decisions are not listed, because they
  /// are only ever added: ``decisions(after:limit:)`` gives the new ones.
  ///
  /// - Complexity: O(changes · log).
  public mutating func takeChanges() -> ReadModelChanges {
    defer { changes = ChangeTracker() }
    var taken = ReadModelChanges()
    taken.isEverything = changes.isEverything
    taken.simulations = changes.runs.sorted().filter { !isErased($0) }.map(streamID)
    taken.erased = changes.erased.map(userID)
    taken.windows = changedRaces.map { races[$0].key }.sorted()
    let rows = changes.rows.map { (scope: scope($0.board), player: $0.player) }
      .sorted { ($0.scope.order, $0.player) < ($1.scope.order, $1.player) }
    for row in rows {
      if taken.leaderboards.last != row.scope { taken.leaderboards.append(row.scope) }
      taken.leaderboardUsers.append(.init(scope: row.scope, user: userID(row.player)))
    }
    return taken
  }

  /// Counts everything as changed: what others keep of another model is void.
  public mutating func markEverythingChanged() { changes = .everything }

  private var changedRaces: Set<UInt16> {
    var cells = Set(changes.races.map { races[$0].cell })
    for player in changes.sharers { cells.formUnion(crowd.cells(from: players[player].firstShare)) }
    return Set((0..<UInt16(races.races.count)).filter { cells.contains(races[$0].cell) })
  }

  func scope(_ key: Boards.Key) -> LeaderboardScope {
    switch key {
    case .overall: .overall
    case .season(let season): .season(season)
    case .circuit(let circuit): .circuit(races.circuits[Int(circuit)])
    }
  }
}

extension LeaderboardScope {
  /// A fixed order for lists.
  fileprivate var order: String {
    switch self {
    case .overall: "0"
    case .season(let season): "1 \(season)"
    case .circuit(let circuit): "2 \(circuit)"
    }
  }
}
