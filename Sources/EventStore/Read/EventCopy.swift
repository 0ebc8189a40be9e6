public import Events
public import Postgres

/// A long part of the log in one stream, for replays: batches of consecutive events, decoded straight from the
/// server's bytes.
public typealias EventCopy = LogCopy<RecordedEvent>
/// A long part of the log as it is stored, for verification and archives: the data stay the bytes they are.
public typealias RowCopy = LogCopy<EventRow>

/// What a row of the log can be read as.
public protocol CopiedRow: Sendable {
  /// Reads the next row of a COPY.
  static func copied(_ row: inout BinaryCopyRow, passingOver quarantine: QuarantineList) throws -> Self
}

/// A long part of the log in one stream.
///
/// Uses a connection of its own, from the first batch to the end. A slow reader makes the server wait, so memory stays
/// flat.
public struct LogCopy<Row: CopiedRow>: AsyncSequence, Sendable {
  /// Consecutive events, at least one.
  public typealias Element = [Row]
  /// What can go wrong.
  public typealias Failure = ReadError

  let configuration: PostgresConfiguration
  var quarantine = QuarantineList()
  var after = Position.zero
  var through: Position?

  /// One run through the log.
  public func makeAsyncIterator() -> Iterator { Iterator(configuration, sql, quarantine) }

  /// By index, so that the server neither sorts nor collects.
  static var settings: String { "SET enable_sort = off; SET enable_seqscan = off; SET enable_bitmapscan = off" }

  private var sql: String {
    let end = through.map { " AND position <= \($0.rawValue)" } ?? ""
    return """
      COPY (SELECT \(EventColumns.list) FROM log.events WHERE position > \(after.rawValue)\(end) ORDER BY position)
      TO STDOUT (FORMAT binary)
      """
  }

  /// Reads the batches in order.
  public struct Iterator: AsyncIteratorProtocol {
    private let configuration: PostgresConfiguration
    private let sql: String
    private let quarantine: QuarantineList
    private var source: (session: Session, chunks: CopyOut.Iterator)?
    private var reader = BinaryCopyReader()

    init(_ configuration: PostgresConfiguration, _ sql: String, _ quarantine: QuarantineList) {
      self.configuration = configuration
      self.sql = sql
      self.quarantine = quarantine
    }

    /// The next batch; nil at the end.
    /// - Throws: see ``ReadError``.
    public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws(ReadError)
      -> [Row]?
    {
      while true {
        guard let chunk = try await nextChunk() else { return nil }
        let events = try events(of: chunk)
        if !events.isEmpty { return events }
      }
    }

    private mutating func nextChunk() async throws(ReadError) -> CopyChunk? {
      do throws(PostgresError) {
        if source == nil { source = try await open() }
        let chunk = try await source?.chunks.next()
        if chunk == nil { source = nil }
        return chunk
      } catch {
        throw .unavailable(reason: error.description)
      }
    }

    private func open() async throws(PostgresError) -> (session: Session, chunks: CopyOut.Iterator) {
      let session = try await Session.connect(configuration)
      _ = try await session.execute(LogCopy.settings)
      return (session, session.copyOut(sql).makeAsyncIterator())
    }

    private mutating func events(of chunk: CopyChunk) throws(ReadError) -> [Row] {
      var events: [Row] = []
      events.reserveCapacity(chunk.byteCount / 192)
      do {
        try reader.read(chunk) { row in events.append(try Row.copied(&row, passingOver: quarantine)) }
      } catch let error as ReadError {
        throw error
      } catch {
        throw .unavailable(reason: "\(error)")
      }
      return events
    }
  }
}

extension EventReader {
  /// All events behind a position, up to another or to the end as it is now, in one stream.
  public func copy(after position: Position = .zero, through end: Position? = nil) -> EventCopy {
    EventCopy(configuration: pool.configuration, quarantine: quarantine, after: position, through: end)
  }

  /// The same as it is stored.
  public func rows(after position: Position = .zero, through end: Position? = nil) -> RowCopy {
    RowCopy(configuration: pool.configuration, quarantine: quarantine, after: position, through: end)
  }
}

extension RecordedEvent: CopiedRow {
  /// Reads the next row of a COPY, with its data decoded.
  public static func copied(_ row: inout BinaryCopyRow, passingOver quarantine: QuarantineList) throws -> RecordedEvent
  {
    try row.event(passingOver: quarantine)
  }
}

extension EventRow: CopiedRow {
  /// Reads the next row of a COPY as it stands.
  public static func copied(_ row: inout BinaryCopyRow, passingOver quarantine: QuarantineList) throws -> EventRow {
    try row.eventRow()
  }
}

extension BinaryCopyRow {
  /// The row of `EventColumns` as it stands.
  mutating func eventRow() throws -> EventRow {
    let envelope = try envelope()
    let type = try knownType(at: envelope.position)
    let data = try bytes { bytes in bytes.withUnsafeBytes { Array($0) } }
    guard let data else { throw ReadError.undecodable(position: envelope.position, reason: "data is NULL") }
    return EventRow(
      position: envelope.position, stream: envelope.stream, version: envelope.version, type: type,
      actor: envelope.actor, actorVersion: envelope.actorVersion, command: envelope.command,
      recordedAt: envelope.recordedAt, data: data)
  }

  /// The event in a row of `EventColumns`.
  mutating func event(passingOver quarantine: QuarantineList) throws -> RecordedEvent {
    let envelope = try envelope()
    return RecordedEvent(
      position: envelope.position, stream: envelope.stream, version: envelope.version, actor: envelope.actor,
      actorVersion: envelope.actorVersion, command: envelope.command, recordedAt: envelope.recordedAt,
      event: try content(at: envelope.position, passingOver: quarantine))
  }

  /// Everything of an event but its type and data.
  private struct Envelope {
    let position: Position
    let recordedAt: Timestamp
    let version: Version
    let actorVersion: Version?
    let stream: StreamID
    let command: CommandID
    let actor: UserID?
  }

  @inline(__always)
  private mutating func envelope() throws -> Envelope {
    Envelope(
      position: Position(rawValue: try int64()),
      recordedAt: Timestamp(microseconds: try int64() + EventColumns.serverEpoch),
      version: Version(rawValue: try int32()),
      actorVersion: try nullable(by: { row throws(PostgresError) in Version(rawValue: try row.int32()) }),
      stream: StreamID(try uuid()), command: CommandID(try uuid()),
      actor: try nullable(by: { row throws(PostgresError) in UserID(try row.uuid()) }))
  }

  private mutating func knownType(at position: Position) throws -> EventType {
    let type = try bytes { bytes in bytes.withUnsafeBytes { EventType(nameBytes: $0) } }
    guard let type, let type else {
      throw ReadError.undecodable(position: position, reason: "a type that is not known")
    }
    return type
  }

  private mutating func nullable<Value>(
    by read: (inout BinaryCopyRow) throws(PostgresError) -> Value
  ) throws(PostgresError) -> Value? {
    guard isNull else { return try read(&self) }
    try skip()
    return nil
  }

  private mutating func content(at position: Position, passingOver quarantine: QuarantineList) throws -> Event {
    let type = try bytes { bytes in bytes.withUnsafeBytes { EventType(nameBytes: $0) } }
    // Both fields are taken even where the first is not understood: the next row begins behind them.
    let event = try bytes { bytes in
      bytes.withUnsafeBytes { bytes in
        Result { () throws(EventDecodingError) in
          guard let type, let type else { throw EventDecodingError(.unknownType(""), type: nil, key: "", offset: 0) }
          return try Event(type: type, data: bytes)
        }
      }
    }
    switch event {
    case .some(.success(let event)): return event
    case .some(.failure(let error)):
      if let substitute = quarantine.substitute(at: position) { return substitute }
      throw ReadError.undecodable(position: position, reason: error.description)
    case nil: throw ReadError.undecodable(position: position, reason: "data is NULL")
    }
  }
}
