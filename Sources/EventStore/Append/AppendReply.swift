internal import Events
internal import Postgres

/// What `log.append` says about a batch.
struct AppendReply: Sendable {
  /// What became of one command.
  enum Outcome: Sendable, Equatable {
    case accepted
    case repeated(first: Position, count: Int, answer: [UInt8])
    case refused(stream: StreamID, found: Version)
  }

  let recordedAt: Timestamp
  /// Position of the event before the first accepted one.
  let last: Int64
  /// Versions of stream and actor before each run of the accepted commands.
  let bases: [Int32]
  let actorBases: [Int32?]
  /// One a command; nil when all were accepted.
  let outcomes: [Outcome]?

  init(recordedAt: Timestamp, last: Int64, bases: [Int32], actorBases: [Int32?], outcomes: [Outcome]?) {
    self.recordedAt = recordedAt
    self.last = last
    self.bases = bases
    self.actorBases = actorBases
    self.outcomes = outcomes
  }

  init(_ rows: Rows) throws(PostgresError) {
    guard let row = rows.first else { throw PostgresError(.decoding, "log.append answered without a row") }
    let outcomes: [Outcome]? = row.isNull(4) ? nil : try Self.outcomes(row)
    recordedAt = row.isNull(0) ? Timestamp(microseconds: 0) : try row.timestamp(0)
    last = try row.decode(1, as: Int64?.self) ?? 0
    bases = try row.decode(2, as: [Int32]?.self) ?? []
    actorBases = try row.decode(3, as: [Int32?]?.self) ?? []
    self.outcomes = outcomes
  }

  private static func outcomes(_ row: Row) throws(PostgresError) -> [Outcome] {
    let kinds = try row.decode(4, as: [Int32].self)
    let firsts = try row.decode(5, as: [Int64?].self)
    let counts = try row.decode(6, as: [Int32?].self)
    let answers = try row.decode(7, as: [[UInt8]?].self)
    let streams = try row.decode(8, as: [PostgresUUID?].self)
    let founds = try row.decode(9, as: [Int32?].self)
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(kinds.count)
    for index in kinds.indices {
      switch kinds[index] {
      case 0:
        outcomes.append(.accepted)
      case 1:
        guard let first = firsts[index], let count = counts[index], let answer = answers[index] else { throw missing }
        outcomes.append(.repeated(first: Position(rawValue: first), count: Int(count), answer: answer))
      default:
        guard let stream = streams[index], let found = founds[index] else { throw missing }
        outcomes.append(.refused(stream: StreamID(stream), found: Version(rawValue: found)))
      }
    }
    return outcomes
  }

  private static var missing: PostgresError {
    PostgresError(.decoding, "log.append left out what goes with an outcome")
  }
}

extension Row {
  func timestamp(_ column: Int) throws(PostgresError) -> Timestamp {
    Timestamp(microseconds: try decode(column, as: PostgresTimestamp.self).microseconds)
  }
}
