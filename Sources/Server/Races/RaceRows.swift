import Postgres
import Racing

/// A record as rows of `app.races`, `app.laps` and `app.race_provenance`.
enum RaceRows {
  private static let race = Statement(
    "race_save",
    """
    INSERT INTO app.races (season, round, slug, name, circuit, date, laps, digest, is_synthetic, source, record)
    VALUES ($1, $2, $3, $4, $5, nullif($6, '')::date, $7, $8, $9, $10, $11)
    ON CONFLICT (season, round) DO UPDATE SET
      slug = excluded.slug, name = excluded.name, circuit = excluded.circuit, date = excluded.date,
      laps = excluded.laps, digest = excluded.digest, is_synthetic = excluded.is_synthetic,
      source = excluded.source, record = excluded.record, imported_at = now()
    """)
  private static let clearLaps = Statement("laps_clear", "DELETE FROM app.laps WHERE season = $1 AND round = $2")
  private static let laps = Statement(
    "laps_save",
    """
    INSERT INTO app.laps (season, round, driver, lap, time_ms, sector1_ms, sector2_ms, sector3_ms, elapsed_ms,
      compound, tyre_life, stint, place, track_status, pit_in_ms, pit_out_ms, is_counted)
    SELECT $1, $2, * FROM unnest($3::text[], $4::int[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
      $9::bigint[], $10::text[], $11::int[], $12::int[], $13::int[], $14::text[], $15::bigint[], $16::bigint[],
      $17::boolean[])
    """)
  private static let clearProvenance = Statement(
    "provenance_clear", "DELETE FROM app.race_provenance WHERE season = $1 AND round = $2")
  private static let provenance = Statement(
    "provenance_save",
    """
    INSERT INTO app.race_provenance (season, round, place, part, source, location, digest)
    SELECT $1, $2, * FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[])
    """)

  /// What stores a record in place of the one before: five statements that belong into one transaction.
  static func statements(for record: RaceRecord) -> [Postgres.Call] {
    let season = Int32(record.key.season)
    let round = Int32(record.key.round)
    return [
      race.with([
        season, round, record.slug, record.name, record.circuit, record.date, Int32(record.lapCount),
        RaceStore.digest(record.digest), record.isSynthetic, record.provenance.first?.source ?? "unknown",
        record.canonicalBytes,
      ]),
      clearLaps.with([season, round]),
      laps.with(lapParameters(record, season, round)),
      clearProvenance.with([season, round]),
      provenance.with(provenanceParameters(record, season, round)),
    ]
  }

  private static func lapParameters(_ record: RaceRecord, _ season: Int32, _ round: Int32) -> Parameters {
    let rows = record.entrants.flatMap { entrant in entrant.laps.map { (entrant.code, $0) } }
    func sector(_ index: Int) -> [Int64?] {
      rows.map { $1.sectorMilliseconds.indices.contains(index) ? $1.sectorMilliseconds[index] : nil }
    }
    return [
      season, round, rows.map { $0.0.description }, rows.map { Int32($1.number) }, rows.map { $1.timeMilliseconds },
      sector(0), sector(1), sector(2), rows.map { $1.elapsedMilliseconds }, rows.map { $1.compound?.name },
      rows.map { $1.tyreLife.map { Int32($0) } }, rows.map { $1.stint.map { Int32($0) } },
      rows.map { $1.position.map { Int32($0) } }, rows.map { $1.trackStatus },
      rows.map { $1.pitInElapsedMilliseconds }, rows.map { $1.pitOutElapsedMilliseconds },
      rows.map { $1.isCounted },
    ]
  }

  private static func provenanceParameters(_ record: RaceRecord, _ season: Int32, _ round: Int32) -> Parameters {
    let parts = record.provenance
    return [
      season, round, parts.indices.map { Int32($0 + 1) }, parts.map(\.part), parts.map(\.source),
      parts.map(\.location), parts.map(\.digest),
    ]
  }
}
