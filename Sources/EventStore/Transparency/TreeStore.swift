public import Events
internal import Postgres
internal import Synchronization

/// Reads the transparency log: checkpoints, tiles and proofs. Any server can, whoever leads the integration: tiles that
/// are not full are made from what is stored.
public struct TreeStore: Sendable {
  let pool: Pool
  private let cache = TileCache(capacity: 512)
  private let signedSize = SignedSize()

  /// The tree over the log of a reader.
  public init(_ reader: EventReader) { pool = reader.pool }

  /// The newest checkpoint, with the signatures of witnesses that came in.
  ///
  /// - Throws: `noCheckpoint`, `unavailable`.
  public func checkpoint() async throws(TransparencyError) -> (checkpoint: Checkpoint, note: SignedNote) {
    try await checkpoint(Self.newest, [])
  }

  /// The checkpoint of exactly that size.
  ///
  /// - Throws: `outOfRange` where none was signed at that size.
  public func checkpoint(size: Int64) async throws(TransparencyError) -> (checkpoint: Checkpoint, note: SignedNote) {
    do throws(TransparencyError) {
      return try await checkpoint(Self.bySize, [size])
    } catch {
      guard case .noCheckpoint = error else { throw error }
      throw .outOfRange("no checkpoint was signed at size \(size)")
    }
  }

  private func checkpoint(
    _ statement: Statement, _ parameters: Parameters
  ) async throws(TransparencyError) -> (checkpoint: Checkpoint, note: SignedNote) {
    let found: (note: String, lines: [String])? = try await asking { () throws(PostgresError) in
      guard let row = try await pool.query(statement, parameters).first else { return nil }
      return (try row.decode(0), try row.decode(1))
    }
    guard let found else { throw .noCheckpoint }
    do throws(ProofError) {
      var note = try SignedNote(found.note)
      note.signatures += found.lines.compactMap { SignedNote.Signature(line: $0) }
      let checkpoint = try Checkpoint(text: note.text)
      signedSize.note(checkpoint.size)
      return (checkpoint, note)
    } catch {
      throw .forked("the stored checkpoint cannot be read: \(error.description)")
    }
  }

  /// The name and the key of the log; nil before the first checkpoint.
  public func identity() async throws(TransparencyError) -> (origin: String, key: String)? {
    try await asking { () throws(PostgresError) in
      try await pool.query(Self.identity).first.map { row throws(PostgresError) in
        try row.decode(String.self, String.self)
      }
    }
  }

  /// The proof that an event is in the tree of some size.
  ///
  /// - Throws: `outOfRange`, `notSignedYet` for sizes beyond the newest checkpoint.
  public func inclusion(of position: Position, size: Int64) async throws(TransparencyError) -> [TreeHash] {
    guard let proof = TreeProof.inclusion(of: position.rawValue - 1, size: size) else {
      throw .outOfRange("there is no event \(position.rawValue) in a log of \(size)")
    }
    return try await hashes(of: proof, size: size)
  }

  /// The proof that the tree of one size is the beginning of that of another.
  ///
  /// - Throws: `outOfRange`, `notSignedYet` for sizes beyond the newest checkpoint.
  public func consistency(from first: Int64, to size: Int64) async throws(TransparencyError) -> [TreeHash] {
    guard let proof = TreeProof.consistency(from: first, to: size) else {
      throw .outOfRange("no tree of \(first) leaves is the beginning of one of \(size): give 1 ≤ from ≤ to")
    }
    return try await hashes(of: proof, size: size)
  }

  /// The receipt of an event under the newest checkpoint.
  ///
  /// - Parameter line: put into the receipt, so that it proves by itself.
  /// - Throws: `notSignedYet` until a checkpoint covers the event.
  public func receipt(of position: Position, line: [UInt8]) async throws(TransparencyError) -> Receipt {
    let (checkpoint, note) = try await checkpoint()
    guard position.rawValue <= checkpoint.size else {
      throw .notSignedYet(position, signed: Position(rawValue: checkpoint.size))
    }
    let path = try await inclusion(of: position, size: checkpoint.size)
    return Receipt(index: position.rawValue - 1, line: line, path: path, note: note)
  }

  /// Keeps the signature of a witness under a checkpoint. Whether it is one is for the caller to check.
  ///
  /// - Throws: `outOfRange` where no checkpoint was signed at that size.
  public func keep(_ signature: SignedNote.Signature, size: Int64) async throws(TransparencyError) {
    let isKept: Bool = try await asking { () throws(PostgresError) in
      try await pool.query(Self.cosign, [size, signature.name, signature.line]).decode(row: 0, column: 0)
    }
    if !isKept { throw .outOfRange("no checkpoint was signed at size \(size)") }
  }

  private func hashes(of proof: TreeProof, size: Int64) async throws(TransparencyError) -> [TreeHash] {
    if size <= signedSize.known { return try await proven(proof) }
    let signed = try await asking { () throws(PostgresError) -> Int64 in
      try await pool.query(Self.signed).decode(row: 0, column: 0)
    }
    signedSize.note(signed)
    guard size <= signed else {
      throw .notSignedYet(Position(rawValue: size), signed: Position(rawValue: signed))
    }
    return try await proven(proof)
  }

  private func proven(_ proof: TreeProof) async throws(TransparencyError) -> [TreeHash] {
    let wanted = proof.tiles
    guard let hashes = proof.hashes(from: try await tiles(wanted)) else {
      throw .forked("hashes of the tree are missing from the database")
    }
    return hashes
  }

  func asking<Value: Sendable>(
    _ body: () async throws(PostgresError) -> Value
  ) async throws(TransparencyError) -> Value {
    do throws(PostgresError) { return try await body() } catch { throw .unavailable(reason: error.description) }
  }

  private static let newest = Statement(
    "checkpoint-newest",
    """
    SELECT c.note, ARRAY(SELECT s.line FROM log.cosignatures s WHERE s.size = c.size ORDER BY s.witness)
      FROM log.checkpoints c ORDER BY c.size DESC LIMIT 1
    """)
  private static let bySize = Statement(
    "checkpoint-by-size",
    """
    SELECT c.note, ARRAY(SELECT s.line FROM log.cosignatures s WHERE s.size = c.size ORDER BY s.witness)
      FROM log.checkpoints c WHERE c.size = $1
    """)
  private static let cosign = Statement("checkpoint-cosign", "SELECT log.cosign($1, $2, $3)")
  private static let identity = Statement("log-identity", "SELECT origin, key FROM log.identity")
  private static let signed = Statement("checkpoint-size", "SELECT coalesce(max(size), 0) FROM log.checkpoints")
}

extension TreeStore {
  /// Tiles with at least the widths asked for. Those not full are made from events and from the roots of the tiles
  /// below.
  ///
  /// - Throws: `outOfRange` where the log does not reach that far.
  public func tiles(_ addresses: [TileAddress]) async throws(TransparencyError) -> [Tile] {
    var found = addresses.compactMap { cache[$0] }
    let missing = addresses.filter { address in !found.contains { $0.address == address } }
    if missing.isEmpty { return found }
    for tile in try await stored(missing) {
      let width = missing.first { $0.level == tile.address.level && $0.index == tile.address.index }?.width
      let narrowed = width.map { Tile(tile.hashes.prefix($0), of: tile.address) } ?? tile
      cache[narrowed.address] = narrowed
      found.append(narrowed)
    }
    for address in missing where !found.contains(where: { $0.address == address }) {
      let tile = try await made(address)
      cache[address] = tile
      found.append(tile)
    }
    return found
  }

  private func stored(_ addresses: [TileAddress]) async throws(TransparencyError) -> [Tile] {
    try await asking { () throws(PostgresError) in
      let rows = try await pool.query(
        Self.fullTiles, [addresses.map { Int32($0.level) }, addresses.map(\.index)])
      var tiles: [Tile] = []
      for row in rows {
        let (level, index, bytes) = try row.decode(Int32.self, Int64.self, [UInt8].self)
        if let tile = Tile(address: TileAddress(level: Int(level), index: index), bytes: bytes) { tiles.append(tile) }
      }
      return tiles
    }
  }

  private func made(_ address: TileAddress) async throws(TransparencyError) -> Tile {
    let first = address.index << 8
    let hashes = try await asking { () throws(PostgresError) in
      let statement = address.level == 0 ? Self.leaves : Self.roots
      let rows = try await pool.query(
        statement,
        address.level == 0
          ? [first + 1, first + Int64(address.width)]
          : [first, first + Int64(address.width) - 1, Int32(address.level - 1)])
      var hashes: [TreeHash] = []
      for row in rows {
        if let hash = TreeHash(try row.decode(0, as: [UInt8].self)) { hashes.append(hash) }
      }
      return hashes
    }
    guard hashes.count == address.width else {
      throw .outOfRange("the log has no tile \(address.path) yet")
    }
    return Tile(address: address, hashes: hashes)
  }

  private static let fullTiles = Statement(
    "tiles-full",
    """
    SELECT t.level::integer, t.index, t.hashes
      FROM log.tiles t JOIN unnest($1::integer[], $2::bigint[]) AS w(level, index)
        ON t.level = w.level AND t.index = w.index
    """)
  private static let leaves = Statement(
    "tiles-leaves", "SELECT hash FROM audit.leaf WHERE position BETWEEN $1 AND $2 ORDER BY position")
  private static let roots = Statement(
    "tiles-roots", "SELECT root FROM log.tiles WHERE level = $3 AND index BETWEEN $1 AND $2 ORDER BY index")
}

extension Tile {
  /// The first hashes of a tile.
  fileprivate init(_ hashes: ArraySlice<TreeHash>, of address: TileAddress) {
    self.init(
      address: TileAddress(level: address.level, index: address.index, width: hashes.count), hashes: Array(hashes))
  }
}

/// The largest size that is known to be signed. It never falls, so proofs up to there need not ask for it.
private final class SignedSize: Sendable {
  private let size = Mutex<Int64>(0)

  var known: Int64 { size.withLock { $0 } }

  func note(_ signed: Int64) { size.withLock { $0 = max($0, signed) } }
}

/// The tiles asked for last. A tile of a width never changes, so nothing is ever out of date.
private final class TileCache: Sendable {
  private struct State {
    var tiles: [TileAddress: Tile] = [:]
    var order: [TileAddress] = []
    var next = 0
  }

  private let capacity: Int
  private let state = Mutex(State())

  init(capacity: Int) { self.capacity = capacity }

  subscript(address: TileAddress) -> Tile? {
    get { state.withLock { $0.tiles[address] } }
    set {
      guard let newValue else { return }
      state.withLock { state in
        guard state.tiles.updateValue(newValue, forKey: address) == nil else { return }
        guard state.order.count == capacity else { return state.order.append(address) }
        state.tiles[state.order[state.next]] = nil
        state.order[state.next] = address
        state.next = (state.next + 1) % capacity
      }
    }
  }
}
