import Fetching
import Logging
import Postgres
import Racing

/// Bodies of timing sources in the database, so that the machines at one database fetch each of them once.
struct TelemetryCache: Sendable {
  let pool: Pool
  let logger: Logger

  private static let load = Statement(
    "telemetry_cache_load",
    """
    SELECT digest, bytes, etag, last_modified, checked_at, fetched_at FROM app.telemetry_cache
    WHERE source = $1 AND key = $2
    """)
  private static let save = Statement(
    "telemetry_cache_save",
    """
    INSERT INTO app.telemetry_cache (source, key, digest, bytes, etag, last_modified, checked_at, fetched_at)
    VALUES ($1, $2, sha256($3), $3, $4, $5, $6, $7)
    ON CONFLICT (source, key) DO UPDATE SET
      digest = excluded.digest, bytes = excluded.bytes, etag = excluded.etag, last_modified = excluded.last_modified,
      checked_at = excluded.checked_at, fetched_at = excluded.fetched_at
    WHERE app.telemetry_cache.checked_at < excluded.checked_at
    """)

  /// The cache as fetchers use it: what fails is written down and costs a request, nothing more.
  var shared: SharedBodies {
    SharedBodies { url in
      do throws(PostgresError) { return try await find(url) } catch {
        logger.warning("the telemetry cache cannot be read", metadata: ["reason": "\(error)"])
        return nil
      }
    } keep: { body, bytes in
      do throws(PostgresError) { try await keep(body, bytes) } catch {
        logger.warning("the telemetry cache cannot be written", metadata: ["reason": "\(error)"])
      }
    }
  }

  private func find(_ url: String) async throws(PostgresError) -> (body: StoredBody, bytes: [UInt8])? {
    guard let row = try await pool.query(Self.load, [Self.host(of: url), url]).first else { return nil }
    let (digest, bytes, etag, lastModified, checked, fetched) = try row.decode(
      [UInt8].self, [UInt8].self, String?.self, String?.self, PostgresTimestamp.self, PostgresTimestamp.self)
    let body = StoredBody(
      url: url, digest: hexadecimal(digest), size: bytes.count, etag: etag, lastModified: lastModified,
      checkedAtMilliseconds: checked.microseconds / 1000, fetchedAtMilliseconds: fetched.microseconds / 1000)
    return (body, bytes)
  }

  private func keep(_ body: StoredBody, _ bytes: [UInt8]) async throws(PostgresError) {
    _ = try await pool.query(
      Self.save,
      [
        Self.host(of: body.url), body.url, bytes, body.etag, body.lastModified,
        PostgresTimestamp(microseconds: body.checkedAtMilliseconds * 1000),
        PostgresTimestamp(microseconds: body.fetchedAtMilliseconds * 1000),
      ])
  }

  /// `https://host:port/path` gives `host:port`.
  private static func host(of url: String) -> String {
    let rest = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
    return rest.count > 1 ? String(rest[1]) : url
  }
}
