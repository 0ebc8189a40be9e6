import Postgres
import Racing

extension RaceStore {
  private static let digest = Statement(
    "digest_load", "SELECT bytes FROM app.race_digests WHERE record_digest = $1 AND model_version = $2")
  private static let saveDigest = Statement(
    "digest_save",
    """
    INSERT INTO app.race_digests (record_digest, model_version, bytes) VALUES ($1, $2, $3)
    ON CONFLICT (record_digest, model_version) DO UPDATE SET bytes = excluded.bytes
    """)

  /// The stored digest of a race; nil when it was never computed with that model.
  func digestBytes(recordDigest: String, modelVersion: String) async throws(RaceStoreError) -> [UInt8]? {
    try await bytes(Self.digest, [Self.digest(recordDigest), modelVersion])
  }

  /// Stores a race's digest.
  func saveDigest(_ bytes: [UInt8], recordDigest: String, modelVersion: String) async throws(RaceStoreError) {
    do {
      _ = try await pool.query(Self.saveDigest, [Self.digest(recordDigest), modelVersion, bytes])
    } catch { throw .database(error) }
  }
}
