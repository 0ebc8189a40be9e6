import EventStore
import Events
import Logging
import Postgres
import Projections
import Racing

/// Keeps the tables of the `read` schema up to date, for people who ask with SQL.
///
/// It has a place in the log of its own, which changes in the same transaction as the tables and only from where the
/// writer believes it to be: two processes never both write the same events.
struct WriteThrough: Sendable {
  private let live: LiveProjections
  private let reader: EventReader
  private let pool: Pool
  private let library: RaceLibrary
  private let boards = BoardTables()
  private let interval: Duration
  private let logger: Logger

  private static let page = 5000

  init(_ parts: ServerParts) {
    live = parts.live
    reader = parts.log.reader
    pool = parts.bulkPool
    library = parts.library
    interval = parts.configuration.writeThroughInterval
    logger = parts.logger
  }

  /// Writes every now and then until the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      await write()
      try? await Task.sleep(for: live.status.writeProblem == nil ? interval : max(interval, .seconds(1)))
    }
  }

  /// Writes what is left until the time is over: where the tables are far behind, all of it would take minutes.
  func finish(by end: ContinuousClock.Instant) async { await write(by: end) }

  private func write(by end: ContinuousClock.Instant? = nil) async {
    do {
      var position = try await TablePosition.load(pool)
      while position < live.position, !Task.isCancelled {
        if let end, ContinuousClock.now >= end { return }
        let events = try await reader.events(after: position, limit: Self.page)
        let known = events.prefix { $0.position <= live.position }
        guard let last = known.last?.position else { break }
        try await write(Array(known), from: position, to: last)
        position = last
        live.note { $0.writtenThrough = last }
      }
      if Task.isCancelled { return }
      try await writeBoards(isLast: end != nil)
      let written = position
      live.note { status in
        status.writtenThrough = written
        status.writeProblem = nil
      }
    } catch {
      let reason = "\(error)"
      if live.status.writeProblem == nil {
        logger.warning("the read schema is behind", metadata: ["reason": "\(reason)"])
      }
      live.note { $0.writeProblem = reason }
    }
  }

  private func write(_ events: [RecordedEvent], from: Position, to: Position) async throws {
    let calls = TableChanges(events).statements
    try await pool.withTransaction { transaction in
      try await TablePosition.move(transaction, from: from, to: to)
      for call in calls { _ = try await transaction.query(call.statement, call.parameters) }
    }
  }
}

extension WriteThrough {
  private func writeBoards(isLast: Bool) async throws {
    let due = boards.due(live, scopes: { scopes }, isLast: isLast)
    if due.isEmpty { return }
    do throws(PostgresError) {
      _ = try await pool.pipeline(BoardTables.statements(due))
    } catch {
      boards.failed(due)
      throw error
    }
  }

  /// Every leaderboard there can be.
  private var scopes: [LeaderboardScope] {
    let races = library.summaries
    let seasons = Set(races.map(\.key.season)).sorted().map { LeaderboardScope.season($0) }
    return [.overall] + seasons + Set(races.map(\.circuit)).sorted().map { LeaderboardScope.circuit($0) }
  }
}

/// How far the tables of the `read` schema are.
enum TablePosition {
  private static let load = Statement(
    "tables-position", "SELECT position FROM read.projections WHERE name = 'tables' AND version = 1")
  private static let begin = Statement(
    "tables-begin",
    """
    INSERT INTO read.projections (name, version, position, state_hash) VALUES ('tables', 1, 0, '')
    ON CONFLICT (name, version) DO NOTHING
    """)
  private static let move = Statement(
    "tables-move",
    """
    UPDATE read.projections SET position = $2, saved_at = now()
    WHERE name = 'tables' AND version = 1 AND position = $1
    """)

  /// Somebody else wrote in between.
  struct OtherWriter: Error, CustomStringConvertible {
    let position: Position
    var description: String { "another process wrote the read schema behind event \(position.rawValue)" }
  }

  static func load(_ pool: Pool) async throws(PostgresError) -> Position {
    if let row = try await pool.query(load).first { return Position(rawValue: try row.decode(0)) }
    _ = try await pool.query(begin)
    return .zero
  }

  /// Moves on, if the position is what the writer believes.
  static func move(_ transaction: Transaction, from: Position, to: Position) async throws {
    let moved = try await transaction.query(move, [from.rawValue, to.rawValue]).affectedRows
    guard moved == 1 else { throw OtherWriter(position: from) }
  }
}
