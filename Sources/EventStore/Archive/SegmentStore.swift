public import Events
internal import Postgres

/// Sealed segments in the database.
public struct SegmentStore: Sendable {
  private let pool: Pool

  /// The segments of a reader's log.
  public init(_ reader: EventReader) { pool = reader.pool }

  /// How many segments there are; they are numbered from zero without a gap.
  public func count() async throws(ReadError) -> Int {
    try await asking { () throws(PostgresError) in
      Int(try await pool.query(Self.count).decode(row: 0, column: 0, as: Int64.self))
    }
  }

  /// A segment; nil when it has not been sealed.
  ///
  /// - Throws: `undecodable` when its bytes are damaged.
  public func segment(_ number: Int) async throws(ReadError) -> Segment? {
    let bytes: [UInt8]? = try await asking { () throws(PostgresError) in
      try await pool.query(Self.load, [Int64(number)], timeout: .seconds(60)).first.map { row throws(PostgresError) in
        try row.decode(0)
      }
    }
    guard let bytes else { return nil }
    do throws(SegmentError) { return try Segment(bytes: bytes) } catch {
      throw .undecodable(
        position: Position(rawValue: Int64(number) * Int64(Segment.fullCount) + 1), reason: error.description)
    }
  }

  private func asking<Value: Sendable>(_ body: () async throws(PostgresError) -> Value) async throws(ReadError) -> Value
  {
    do throws(PostgresError) { return try await body() } catch { throw .unavailable(reason: error.description) }
  }

  private static let count = Statement("segments-count", "SELECT coalesce(max(number) + 1, 0) FROM log.segments")
  private static let load = Statement("segment-load", "SELECT bytes FROM log.segments WHERE number = $1")
}
