public import Events
public import Postgres

/// Reads the log: by stream, by actor, by position. Short reads of many callers share the pool's sessions.
public struct EventReader: Sendable {
  let pool: Pool
  /// Events that are not decoded where that is not possible.
  public let quarantine: QuarantineList

  /// A reader over a pool.
  public init(pool: Pool, passingOver quarantine: QuarantineList = QuarantineList()) {
    self.pool = pool
    self.quarantine = quarantine
  }

  /// The events of a stream after a version, in order.
  /// - Complexity: one index range.
  public func events(of stream: StreamID, after version: Version = .zero) async throws(ReadError) -> [RecordedEvent] {
    try await events(Self.byStream, [PostgresUUID(stream), version.rawValue])
  }

  /// A page of what an account caused, in order, after its own count.
  /// - Complexity: one index range.
  public func events(
    by actor: UserID, after version: Version = .zero, limit: Int = 1000
  ) async throws(ReadError) -> [RecordedEvent] {
    try await events(Self.byActor, [PostgresUUID(actor), version.rawValue, Int64(limit)])
  }

  /// A page of the log behind a position.
  /// - Complexity: one index range.
  public func events(after position: Position, limit: Int = 1000) async throws(ReadError) -> [RecordedEvent] {
    try await events(Self.byPosition, [position.rawValue, Int64(limit)])
  }

  /// The first answer to a command, marked as a repeat; nil when it is not known.
  public func answer(to command: CommandID) async throws(ReadError) -> Appended? {
    do throws(PostgresError) {
      guard let row = try await pool.query(Self.byCommand, [PostgresUUID(command)]).first else { return nil }
      let (first, count, answer) = try row.decode(Int64.self, Int32.self, [UInt8].self)
      return Appended(first: Position(rawValue: first), count: Int(count), isRepeat: true, answer: answer)
    } catch {
      throw .unavailable(reason: error.description)
    }
  }

  /// Where the events of commands stand, in one query; commands that are not known are left out.
  public func answers(to commands: [CommandID]) async throws(ReadError) -> [CommandID: Appended] {
    do throws(PostgresError) {
      var found: [CommandID: Appended] = [:]
      for row in try await pool.query(Self.byCommands, [commands.map { PostgresUUID($0) }]) {
        let (command, first, count) = try row.decode(PostgresUUID.self, Int64.self, Int32.self)
        found[CommandID(command)] = Appended(
          first: Position(rawValue: first), count: Int(count), isRepeat: true, answer: [])
      }
      return found
    } catch {
      throw .unavailable(reason: error.description)
    }
  }

  /// Position of the last event; zero for an empty log.
  public func last() async throws(ReadError) -> Position {
    do throws(PostgresError) {
      return Position(rawValue: try await pool.query(Self.lastPosition).decode(row: 0, column: 0))
    } catch {
      throw .unavailable(reason: error.description)
    }
  }

  /// Position of the last event that is on disk, with everything before it; zero for an empty log.
  public func lastOnDisk() async throws(ReadError) -> Position {
    do throws(PostgresError) {
      let results = try await pool.pipeline([Self.lastPosition.with([]), Self.flush.with([])])
      return Position(rawValue: try results[0].decode(row: 0, column: 0))
    } catch {
      throw .unavailable(reason: error.description)
    }
  }

  /// Position of the last event recorded at a time or before it; zero when there is none.
  /// - Complexity: O(log events) look-ups, as times never fall with position.
  public func last(recordedBy time: Timestamp) async throws(ReadError) -> Position {
    var low: Int64 = 0
    var high = try await last().rawValue
    while low < high {
      let middle = low + (high - low + 1) / 2
      let events = try await events(after: Position(rawValue: middle - 1), limit: 1)
      guard let event = events.first else { return Position(rawValue: low) }
      if event.recordedAt.microseconds <= time.microseconds { low = middle } else { high = middle - 1 }
    }
    return Position(rawValue: low)
  }

  /// A page of the log behind a position that is on disk: read and flushed in one transaction, whose commit waits. What
  /// a replica has is on its primary's disk.
  func durableEvents(after position: Position, limit: Int) async throws(ReadError) -> [RecordedEvent] {
    let parameters: Parameters = [position.rawValue, Int64(limit)]
    let results: [Rows]
    do throws(PostgresError) {
      results = try await pool.pipeline([Self.byPosition.with(parameters), Self.flush.with([])])
    } catch {
      throw .unavailable(reason: error.description)
    }
    return try events(results[0])
  }

  private func events(_ statement: Statement, _ parameters: Parameters) async throws(ReadError) -> [RecordedEvent] {
    let rows: Rows
    do throws(PostgresError) {
      rows = try await pool.query(statement, parameters)
    } catch {
      throw .unavailable(reason: error.description)
    }
    return try events(rows)
  }

  private func events(_ rows: Rows) throws(ReadError) -> [RecordedEvent] {
    var events: [RecordedEvent] = []
    events.reserveCapacity(rows.count)
    for row in rows { events.append(try row.event(passingOver: quarantine)) }
    return events
  }
}

extension EventReader {
  /// Makes the commit wait for the disk; a replica writes nothing.
  private static let flush = Statement(
    "log-flush-primary",
    "SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_logical_emit_message(true, 'blame', '') END")
  private static let byStream = Statement(
    "events-by-stream",
    "SELECT \(EventColumns.list) FROM log.events WHERE stream = $1 AND version > $2 ORDER BY version")
  private static let byActor = Statement(
    "events-by-actor",
    """
    SELECT \(EventColumns.list) FROM log.events WHERE actor = $1 AND actor_version > $2
     ORDER BY actor_version LIMIT $3
    """)
  private static let byPosition = Statement(
    "events-by-position",
    "SELECT \(EventColumns.list) FROM log.events WHERE position > $1 ORDER BY position LIMIT $2")
  private static let byCommand = Statement(
    "command-answer", "SELECT first, count, answer FROM log.commands WHERE command = $1")
  private static let byCommands = Statement(
    "commands-by-id", "SELECT command, first, count FROM log.commands WHERE command = ANY($1)")
  private static let lastPosition = Statement(
    "last-position", "SELECT coalesce(max(position), 0) FROM log.events")
}
