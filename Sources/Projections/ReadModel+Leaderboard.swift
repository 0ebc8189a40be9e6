public import Events

extension ReadModel {
  /// How many are listed on a leaderboard. O(1).
  public func listedCount(_ scope: LeaderboardScope) -> Int { board(scope)?.count ?? 0 }

  /// Grows whenever something on a leaderboard changes; 0 as long as it is empty.
  public func revision(of scope: LeaderboardScope) -> UInt64 { board(scope)?.revision ?? 0 }

  /// An account's row; nil when it is not listed. O(log ratings).
  public func leaderboardRow(of user: UserID, on scope: LeaderboardScope) -> LeaderboardRow? {
    guard let board = board(scope), let player = playerIDs.ordinal(of: WideKey(user)), let row = board.row(of: player)
    else { return nil }
    return listed(row, on: board)
  }

  /// Rows behind a place, from the top when there is none. The place need not be anybody's any more.
  ///
  /// - Complexity: O(log + limit).
  public func leaderboard(
    _ scope: LeaderboardScope, after key: LeaderboardKey? = nil, limit: Int
  ) -> [LeaderboardRow] {
    guard let board = board(scope) else { return [] }
    return page(board, from: key.map { index(after: $0, on: board) } ?? 0, limit: limit)
  }

  /// Rows around an account, which stands in the middle where it can; nil when it is not listed.
  ///
  /// - Complexity: O(log + limit).
  public func leaderboard(_ scope: LeaderboardScope, around user: UserID, limit: Int) -> [LeaderboardRow]? {
    guard let board = board(scope), let player = playerIDs.ordinal(of: WideKey(user)), let row = board.row(of: player)
    else { return nil }
    let ids = playerIDs.keys
    let place = board.place(of: row) { Self.isBefore($0, $1, ids) }
    let index = board.firstIndex(ofRating: Int(row.rating)) + place
    let start = max(0, min(index - limit / 2, board.count - limit))
    return page(board, from: start, limit: limit)
  }

  func board(_ scope: LeaderboardScope) -> BoardEntries? {
    switch scope {
    case .overall: boards.board(.overall)
    case .season(let season): boards.board(.season(season))
    case .circuit(let circuit): races.circuitOrdinal(of: circuit).flatMap { boards.board(.circuit($0)) }
    }
  }

  /// Index of the first row behind a place.
  private func index(after key: LeaderboardKey, on board: BoardEntries) -> Int {
    guard key.rating >= 0 else { return board.count }
    guard Int(key.rating) <= RankTree.ratingMax else { return 0 }
    let place = board.place(inRating: Int(key.rating)) { !(key < self.key(of: $0)) }
    return board.firstIndex(ofRating: Int(key.rating)) + place
  }

  private func page(_ board: BoardEntries, from start: Int, limit: Int) -> [LeaderboardRow] {
    board.rows(from: start, limit: limit).map { listed($0, on: board) }
  }

  private func listed(_ row: EntryRow, on board: BoardEntries) -> LeaderboardRow {
    LeaderboardRow(
      rank: board.rank(ofRating: row.rating), key: key(of: row), interval: Int32(row.standing.interval(rules)),
      isSynthetic: players[row.player].kind == UserRegistered.Kind.synthetic.code)
  }

  private func key(of row: EntryRow) -> LeaderboardKey {
    LeaderboardKey(
      rating: row.rating, runs: Int32(row.standing.runs), listedAt: Position(rawValue: row.standing.listedAt),
      user: userID(row.player))
  }
}
