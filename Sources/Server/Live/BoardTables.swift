import Events
import Postgres
import Projections
import Synchronization

/// Keeps `read.leaderboard` up to date: remembers which leaderboards have changed until they are written.
final class BoardTables: Sendable {
  private struct State {
    var dirty: Set<LeaderboardScope> = []
    var isEverything = true
    var writtenAt: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  /// Leaderboards are written whole; of longer ones the top is.
  private static let rowsMax = 20_000
  private static let pause: Duration = .seconds(2)

  private static let clear = Statement("board-clear", "DELETE FROM read.leaderboard WHERE board = $1")
  private static let insert = Statement(
    "board-insert",
    """
    INSERT INTO read.leaderboard (board, account, rank, rating, interval, runs, qualified_position)
    SELECT $1, * FROM unnest($2::uuid[], $3::int[], $4::int[], $5::int[], $6::int[], $7::bigint[])
    """)

  /// The leaderboards to write now, with their rows; none when that was done a moment ago.
  /// - Parameter scopes: all there can be, for the first time.
  func due(
    _ live: LiveProjections, scopes: () -> [LeaderboardScope], isLast: Bool
  ) -> [(LeaderboardScope, [LeaderboardRow])] {
    let changes = live.read { model, _ in model.takeChanges() }
    let due = state.withLock { state -> [LeaderboardScope] in
      state.isEverything = state.isEverything || changes.isEverything
      state.dirty.formUnion(changes.leaderboards)
      let isSoon = state.writtenAt.map { $0.duration(to: .now) < Self.pause } ?? false
      if isSoon && !isLast { return [] }
      if state.isEverything { state.dirty.formUnion(scopes()) }
      state.isEverything = false
      state.writtenAt = .now
      defer { state.dirty = [] }
      return state.dirty.sorted { $0.name < $1.name }
    }
    return due.map { scope in (scope, live.read { model, _ in model.leaderboard(scope, limit: Self.rowsMax) }) }
  }

  /// Remembers leaderboards that could not be written.
  func failed(_ boards: [(LeaderboardScope, [LeaderboardRow])]) {
    state.withLock { $0.dirty.formUnion(boards.map(\.0)) }
  }

  /// The statements that write leaderboards, which belong into one transaction.
  static func statements(_ boards: [(LeaderboardScope, [LeaderboardRow])]) -> [Postgres.Call] {
    boards.flatMap { scope, rows in
      [
        clear.with([scope.name]),
        insert.with([
          scope.name, rows.map { PostgresUUID($0.key.user) }, rows.map { Int32($0.rank) }, rows.map(\.key.rating),
          rows.map(\.interval), rows.map(\.key.runs), rows.map(\.key.listedAt.rawValue),
        ]),
      ]
    }
  }
}
