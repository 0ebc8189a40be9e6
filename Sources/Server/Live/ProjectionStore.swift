import EventStore
import Events
import Logging
import Postgres
import Projections

/// Snapshots of the projections in `read.projections`.
struct ProjectionStore: Sendable {
  let pool: Pool
  let logger: Logger

  private static let workshop = Workshop("blame.snapshots")
  private static let name = "read-model"
  /// A larger one would not fit into a field of a row.
  private static let bytesMax = 900 << 20

  private static let load = Statement(
    "snapshot-load", "SELECT snapshot FROM read.projections WHERE name = $1 AND version = $2 AND snapshot IS NOT NULL")
  private static let save = Statement(
    "snapshot-save",
    """
    INSERT INTO read.projections (name, version, position, state_hash, snapshot) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (name, version) DO UPDATE SET position = excluded.position, state_hash = excluded.state_hash,
      snapshot = excluded.snapshot, saved_at = now()
    WHERE read.projections.position < excluded.position OR $6
    """)

  /// The newest snapshot that this program can read and that was made by the same rules; nil when there is none.
  func snapshot(under plan: FoldPlan) async throws(PostgresError) -> ReadModel? {
    let version = Int32(ReadModel.snapshotVersion)
    guard let row = try await pool.query(Self.load, [Self.name, version], timeout: .seconds(120)).first else {
      return nil
    }
    let bytes = try row.decode(0, as: [UInt8].self)
    do throws(SnapshotError) {
      return try await Self.workshop.result { () throws(SnapshotError) in
        try ReadModel(snapshot: bytes, rules: plan.rules, passingOver: plan.quarantine)
      }
    } catch {
      logger.warning("a snapshot is not used, the log is replayed", metadata: ["reason": "\(error)"])
      return nil
    }
  }

  /// Saves a snapshot, unless a newer one is there.
  /// - Parameter replaces: also where a newer one is there, because that was made by other rules.
  func save(_ model: ReadModel, replaces: Bool = false) async throws(PostgresError) {
    let bytes = await Self.workshop.result { model.snapshot() }
    guard bytes.count <= Self.bytesMax else {
      return logger.warning("a snapshot is too large to be saved", metadata: ["bytes": "\(bytes.count)"])
    }
    _ = try await pool.query(
      Self.save,
      [
        Self.name, Int32(ReadModel.snapshotVersion), model.position.rawValue, Array(bytes.suffix(32)), bytes, replaces,
      ], timeout: .seconds(120))
  }
}
