package import Postgres
public import Racing

/// Races in the `app` schema: the record that everything is computed from, its laps for reading with SQL, where they
/// came from, and what was computed.
public struct RaceStore: Sendable {
  let pool: Pool
  /// The database is a replica: what is computed is not kept.
  let isReadOnly: Bool

  /// A store in `pool`'s database.
  package init(pool: Pool, isReadOnly: Bool = false) {
    self.pool = pool
    self.isReadOnly = isReadOnly
  }

  private static let load = Statement("race_load", "SELECT record FROM app.races WHERE season = $1 AND round = $2")
  private static let keys = Statement("race_keys", "SELECT season, round FROM app.races ORDER BY season, round")

  /// Stores a race with its laps and provenance in one transaction, in place of what was stored of it before.
  /// - Throws: `slugTaken`, `database`.
  public func save(
    _ record: RaceRecord, background: RaceBackground = RaceBackground()
  ) async throws(RaceStoreError) {
    do {
      _ = try await pool.pipeline(
        RaceRows.statements(for: record) + RaceRows.statements(for: background, of: record))
    } catch {
      if error.constraint == "races_season_slug_key" {
        throw .slugTaken(record.slug, season: Int(record.key.season))
      }
      throw .database(error)
    }
  }

  /// The record of a race; nil when it was never imported.
  /// - Throws: `unreadable`, `database`.
  public func record(_ key: RaceKey) async throws(RaceStoreError) -> RaceRecord? {
    guard let bytes = try await bytes(Self.load, [Int32(key.season), Int32(key.round)]) else { return nil }
    do { return try RaceRecord(canonicalBytes: bytes) } catch { throw .unreadable(key, error) }
  }

  /// The only column of the only row of a query; nil when there is no row.
  func bytes(_ statement: Statement, _ parameters: Parameters) async throws(RaceStoreError) -> [UInt8]? {
    do throws(PostgresError) {
      guard let row = try await pool.query(statement, parameters).first else { return nil }
      return try row.decode(0)
    } catch { throw .database(error) }
  }

  /// Every race's season and round, in order.
  /// - Throws: `database`.
  public func keys() async throws(RaceStoreError) -> [RaceKey] {
    do throws(PostgresError) {
      var keys: [RaceKey] = []
      for row in try await pool.query(Self.keys) {
        let (season, round) = try row.decode(Int32.self, Int32.self)
        keys.append(RaceKey(season: Int16(season), round: Int16(round)))
      }
      return keys
    } catch { throw .database(error) }
  }
}
