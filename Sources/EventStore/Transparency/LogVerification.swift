public import Events
internal import Postgres

/// Derives the whole tree again from the stored events and holds it against everything that was stored and signed.
public struct LogVerification: Sendable {
  private let store: TreeStore
  private let pool: Pool
  private let key: NoteKey

  /// A verification of a reader's log, by the log's public key.
  public init(_ reader: EventReader, key: NoteKey) {
    store = TreeStore(reader)
    pool = reader.pool
    self.key = key
  }

  /// What was verified.
  public struct Finding: Sendable, Equatable {
    /// Events whose lines were hashed.
    public var events: Int64 = 0
    /// Checkpoints whose signatures and roots fit.
    public var checkpoints = 0
    /// Stored tiles that fit.
    public var tiles = 0
    /// Events behind the last checkpoint.
    public var unsigned: Int64 = 0
    /// The root over all events.
    public var root = TreeHash.empty
  }

  /// Why a log is not what was signed.
  public enum Failure: Error, Sendable, Equatable {
    /// It could not be read.
    case unavailable(reason: String)
    /// The first thing wrong.
    case wrong(String)
  }

  /// Reads every event, checks that positions are dense, and compares every stored tile and every checkpoint.
  ///
  /// - Parameter progress: called now and then with the position reached.
  /// - Complexity: one COPY of the log and of its tiles.
  public func run(progress: @Sendable (Position) -> Void = { _ in }) async throws(Failure) -> Finding {
    var finding = Finding()
    var checkpoints = try await checkpoints()[...]
    let signed = checkpoints.last?.size ?? 0
    var tree = TreeBuilder()
    var filled: [Tile] = []
    var scratch: [UInt8] = []
    var rows = RowCopy(configuration: pool.configuration).makeAsyncIterator()
    while let batch = try await next(&rows) {
      for row in batch {
        guard row.position.rawValue == tree.size + 1 else {
          throw .wrong("behind event \(tree.size) comes event \(row.position.rawValue): positions are not dense")
        }
        tree.append(row.leafHash(using: &scratch)) { filled.append($0) }
        if checkpoints.first?.size == tree.size, let checkpoint = checkpoints.popFirst() {
          try check(checkpoint, tree)
          finding.checkpoints += 1
        }
      }
      if filled.count >= 256 { try await compare(&filled, &finding, signed: signed) }
      progress(Position(rawValue: tree.size))
    }
    try await compare(&filled, &finding, signed: signed)
    if let left = checkpoints.first {
      throw .wrong("a checkpoint was signed at \(left.size), and the log ends at \(tree.size)")
    }
    finding.events = tree.size
    finding.root = tree.root
    finding.unsigned = tree.size - signed
    return finding
  }

  private func next(_ rows: inout RowCopy.Iterator) async throws(Failure) -> [EventRow]? {
    do throws(ReadError) { return try await rows.next() } catch {
      switch error {
      case .unavailable(let reason): throw .unavailable(reason: reason)
      case .undecodable(let position, let reason): throw .wrong("event \(position.rawValue): \(reason)")
      }
    }
  }

  private func check(_ stored: StoredCheckpoint, _ tree: TreeBuilder) throws(Failure) {
    do throws(ProofError) {
      let checkpoint = try Checkpoint(try SignedNote(stored.note), trusting: TrustPolicy(log: key))
      guard checkpoint.size == stored.size, checkpoint.root == tree.root else {
        throw .wrong("the events up to \(stored.size) are not those that the checkpoint there was signed over")
      }
    } catch {
      throw .wrong("checkpoint \(stored.size): \(error.description)")
    }
  }

  private struct StoredCheckpoint: Sendable {
    let size: Int64
    let note: String
  }

  private func checkpoints() async throws(Failure) -> [StoredCheckpoint] {
    try await asking { () throws(PostgresError) in
      var checkpoints: [StoredCheckpoint] = []
      for row in try await pool.query(Self.allCheckpoints, timeout: .seconds(300)) {
        checkpoints.append(StoredCheckpoint(size: try row.decode(0), note: try row.decode(1)))
      }
      return checkpoints
    }
  }

  /// Compares filled tiles with the stored ones. Only those that no checkpoint covers may be missing.
  private func compare(
    _ filled: inout [Tile], _ finding: inout Finding, signed: Int64
  ) async throws(Failure) {
    let tiles = filled
    filled = []
    let stored = try await asking { () throws(PostgresError) -> [TileAddress: [UInt8]] in
      var stored: [TileAddress: [UInt8]] = [:]
      let rows = try await pool.query(
        Self.tiles, [tiles.map { Int32($0.address.level) }, tiles.map(\.address.index)], timeout: .seconds(120))
      for row in rows {
        let (level, index, bytes) = try row.decode(Int32.self, Int64.self, [UInt8].self)
        stored[TileAddress(level: Int(level), index: index)] = bytes
      }
      return stored
    }
    for tile in tiles {
      guard let bytes = stored[tile.address] else {
        if (tile.address.index + 1) << Int64(8 * (tile.address.level + 1)) > signed { continue }
        throw .wrong("the tile \(tile.address.path) is missing")
      }
      guard bytes == tile.bytes else { throw .wrong("the stored tile \(tile.address.path) is not that of the events") }
      finding.tiles += 1
    }
  }

  private func asking<Value: Sendable>(
    _ body: () async throws(PostgresError) -> Value
  ) async throws(Failure) -> Value {
    do throws(PostgresError) { return try await body() } catch { throw .unavailable(reason: error.description) }
  }

  private static let allCheckpoints = Statement(
    "verify-checkpoints", "SELECT size, note FROM log.checkpoints ORDER BY size")
  private static let tiles = Statement(
    "verify-tiles",
    """
    SELECT t.level::integer, t.index, t.hashes
      FROM log.tiles t JOIN unnest($1::integer[], $2::bigint[]) AS w(level, index)
        ON t.level = w.level AND t.index = w.index
    """)
}
