import Fetching
import Postgres
public import Racing
public import Timing

extension RaceStore {
  private static let disagreements = Statement(
    "disagreements_load",
    """
    SELECT driver, lap, field, kept_source, kept, other_source, other, rule, severity
    FROM app.race_disagreements WHERE season = $1 AND round = $2 ORDER BY place
    """)

  /// What the sources of a race tell differently, as last imported.
  /// - Throws: `database`.
  public func disagreements(_ key: RaceKey) async throws(RaceStoreError) -> [Disagreement] {
    do throws(PostgresError) {
      var found: [Disagreement] = []
      for row in try await pool.query(Self.disagreements, [Int32(key.season), Int32(key.round)]) {
        let (driver, lap, field, keptSource, kept, otherSource, other, rule, severity) = try row.decode(
          String?.self, Int32?.self, String.self, String.self, String?.self, String.self, String?.self, String?.self,
          String.self)
        found.append(
          Disagreement(
            driver: driver.flatMap { DriverCode($0) }, lap: lap.map { Int($0) }, field: field, kept: kept,
            by: keptSource, other: other, by: otherSource, rule: rule,
            severity: Disagreement.Severity(rawValue: severity) ?? .warning))
      }
      return found
    } catch { throw .database(error) }
  }
}

extension RaceRows {
  private static let clearDisagreements = Statement(
    "disagreements_clear", "DELETE FROM app.race_disagreements WHERE season = $1 AND round = $2")
  private static let saveDisagreements = Statement(
    "disagreements_save",
    """
    INSERT INTO app.race_disagreements
      (season, round, place, driver, lap, field, kept_source, kept, other_source, other, rule, severity)
    SELECT $1, $2, * FROM unnest($3::int[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[],
      $10::text[], $11::text[], $12::text[])
    """)
  private static let clearFields = Statement(
    "field_sources_clear", "DELETE FROM app.race_field_sources WHERE season = $1 AND round = $2")
  private static let saveFields = Statement(
    "field_sources_save",
    """
    INSERT INTO app.race_field_sources (season, round, driver, field, source)
    SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[])
    """)
  private static let saveBodies = Statement(
    "source_bodies_save",
    """
    INSERT INTO app.source_bodies (digest, url, size, etag, last_modified, fetched_at, checked_at)
    SELECT DISTINCT ON (digest, url) *
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
      AS body (digest, url, size, etag, last_modified, fetched_at, checked_at)
    ON CONFLICT (digest, url) DO UPDATE SET
      etag = excluded.etag, last_modified = excluded.last_modified, checked_at = excluded.checked_at
    """)

  /// What stores the background of a race in place of the one before: statements for the record's own transaction.
  static func statements(for background: RaceBackground, of record: RaceRecord) -> [Postgres.Call] {
    let season = Int32(record.key.season)
    let round = Int32(record.key.round)
    let found = background.disagreements
    let fields = record.entrants.flatMap { entrant in
      (background.fields?.entries(of: entrant.code) ?? []).map { (entrant.code.description, $0.key, $0.source) }
    }
    return [
      clearDisagreements.with([season, round]),
      saveDisagreements.with([
        season, round, found.indices.map { Int32($0 + 1) }, found.map { $0.driver?.description },
        found.map { $0.lap.map { Int32($0) } }, found.map(\.field), found.map(\.keptSource), found.map(\.kept),
        found.map(\.otherSource), found.map(\.other), found.map(\.rule), found.map(\.severity.rawValue),
      ]),
      clearFields.with([season, round]),
      saveFields.with([season, round, fields.map(\.0), fields.map(\.1), fields.map(\.2)]),
      saveBodies.with(parameters(background.bodies)),
    ]
  }

  private static func parameters(_ bodies: [StoredBody]) -> Parameters {
    func times(_ milliseconds: [Int64]) -> [PostgresTimestamp] {
      milliseconds.map { PostgresTimestamp(microseconds: $0 * 1000) }
    }
    return [
      bodies.map(\.digest), bodies.map(\.url), bodies.map { Int64($0.size) }, bodies.map(\.etag),
      bodies.map(\.lastModified), times(bodies.map(\.fetchedAtMilliseconds)),
      times(bodies.map(\.checkedAtMilliseconds)),
    ]
  }
}
