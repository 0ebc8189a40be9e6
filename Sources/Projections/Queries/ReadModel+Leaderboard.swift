public import Events
internal import Racing

/// A player on a leaderboard.
public struct RankedPlayer: Sendable, Equatable {
  /// Who.
  public let user: UserID
  /// 1 + players with a higher rating; equal ratings share it.
  public let rank: Int
  /// Hundredths.
  public let rating: Int
  /// Counted runs.
  public let runs: Int
  /// Sum of the counted runs' IQ and of its squares, hundredths: what an interval is computed from.
  public let sum: Int64
  /// See `sum`.
  public let squares: Int64
  /// Position of the run with which the player came to be listed.
  public let listedAt: Position
  /// An account of a bot.
  public let isSynthetic: Bool
}

extension ReadModel {
  /// Players listed in a scope. O(1).
  public func listed(in scope: LeaderboardScope) -> Int {
    ordinal(of: scope).map { leaderboard.board($0).counts.total } ?? 0
  }

  /// Up to `limit` players behind one of them; from the top without one. O(limit) and the players of equal rating.
  public func leaderboardPage(_ scope: LeaderboardScope, after user: UserID? = nil, limit: Int) -> [RankedPlayer] {
    guard let scope = ordinal(of: scope) else { return [] }
    let last = user.flatMap { place(of: $0, in: scope) }
    return leaderboard.board(scope).page(after: last, limit: limit).map { ranked($0, scope) }
  }

  /// A player with neighbours on both sides; empty when the player is not listed.
  public func leaderboard(around user: UserID, _ scope: LeaderboardScope, neighbours: Int) -> [RankedPlayer] {
    guard let scope = ordinal(of: scope), let own = place(of: user, in: scope) else { return [] }
    let board = leaderboard.board(scope)
    let places = board.page(before: own, limit: neighbours) + [own] + board.page(after: own, limit: neighbours)
    return places.map { ranked($0, scope) }
  }

  /// A player's rank and rating; nil when the player is not listed. O(log ratings).
  public func rank(of user: UserID, _ scope: LeaderboardScope = .overall) -> RankedPlayer? {
    guard let scope = ordinal(of: scope), let own = place(of: user, in: scope) else { return nil }
    return ranked(own, scope)
  }

  /// Counted runs of a player in a scope, listed or not. O(1).
  public func countedRuns(of user: UserID, _ scope: LeaderboardScope = .overall) -> Int {
    guard let scope = ordinal(of: scope), let player = playerIDs.ordinal(of: WideKey(user)),
      let standing = leaderboard.standing(of: player, in: scope)
    else { return 0 }
    return Int(leaderboard.row(standing).count)
  }

  private func ordinal(of scope: LeaderboardScope) -> Int? {
    switch scope {
    case .overall: return 0
    case .season(let season): return Int16(exactly: season).flatMap { leaderboard.scope(known: .season($0)) }
    case .circuit(let name):
      return shelf.circuits.firstIndex(of: name).flatMap { leaderboard.scope(known: .circuit(Int32($0))) }
    }
  }

  private func place(of user: UserID, in scope: Int) -> Board.Place? {
    guard let player = playerIDs.ordinal(of: WideKey(user)),
      let standing = leaderboard.standing(of: player, in: scope), leaderboard.row(standing).isListed(rules)
    else { return nil }
    return leaderboard.place(standing, playerIDs.keys[player], rules)
  }

  private func ranked(_ place: Board.Place, _ scope: Int) -> RankedPlayer {
    let row = leaderboard.row(place.standing)
    return RankedPlayer(
      user: UserID(high: place.id.high, low: place.id.low), rank: 1 + leaderboard.above(place.rating, in: scope),
      rating: place.rating, runs: Int(row.count), sum: row.sum, squares: row.squares,
      listedAt: Position(rawValue: row.listedAt),
      isSynthetic: UserRegistered.Kind(code: players[row.player].kind) == .synthetic)
  }
}
