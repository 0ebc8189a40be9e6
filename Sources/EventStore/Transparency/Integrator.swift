public import Events
public import Logging
public import Postgres
internal import Synchronization

/// Follows the log, extends the tree over it, and signs a checkpoint several times a second while events arrive.
///
/// Any number of servers may run one: a single one leads, and another takes over when it is gone. A checkpoint is stored
/// before anybody sees it. At its start the leader derives the root again from what is stored and compares it with the
/// last checkpoint; where the two differ it signs nothing ever after.
public final class Integrator: Sendable {
  /// How the integration is.
  public struct Status: Sendable, Equatable {
    /// This server leads it.
    public var isLeading = false
    /// The log is signed up to here, as far as this server has seen.
    public var signed = Position.zero
    /// Sealed up to here, by this server.
    public var sealed = Position.zero
    /// Why nothing is signed any more, or at the moment.
    public var problem: String?
    /// The problem is one that a person must look at: a fork or another key.
    public var isRefused = false
  }

  let log: PostgresEventLog
  let store: TreeStore
  private let signer: NoteSigner
  private let origin: String
  private let holder: String
  private let interval: Duration
  private let configuration: PostgresConfiguration
  private let logger: Logger
  private let state = Mutex(Status())

  /// An integrator of a log.
  /// - Parameters:
  ///   - signer: the log's key.
  ///   - holder: names this server among others.
  ///   - direct: how to reach PostgreSQL itself where a pooler stands in front; nil as the store's pool connects.
  ///   - interval: between checkpoints while events arrive.
  public init(
    _ log: PostgresEventLog, store: TreeStore, signer: NoteSigner, holder: String,
    direct: PostgresConfiguration? = nil, interval: Duration = .milliseconds(250), logger: Logger
  ) {
    self.log = log
    self.store = store
    self.signer = signer
    self.holder = holder
    self.interval = interval
    self.logger = logger
    origin = signer.verifier.name
    configuration = direct ?? store.pool.configuration
  }

  /// How the integration is.
  public var status: Status { state.withLock { $0 } }

  /// Integrates, or waits until this server may, until the task is cancelled.
  public func run() async {
    while !Task.isCancelled {
      do throws(TransparencyError) {
        if let leadership = try await lead() {
          defer { note { $0.isLeading = false } }
          try await integrate(leadership)
        }
        note { $0.problem = nil }
      } catch {
        await report(error)
        if status.isRefused { return }
      }
      try? await Task.sleep(for: .seconds(1))
    }
  }

  private func report(_ error: TransparencyError) async {
    if Task.isCancelled { return }
    switch error {
    case .forked, .otherIdentity:
      logger.critical("no checkpoint is signed any more", metadata: ["reason": "\(error)"])
      note { $0.isRefused = true }
    default: logger.warning("no checkpoint is signed at the moment", metadata: ["reason": "\(error)"])
    }
    note { $0.problem = error.description }
  }

  func note(_ change: (inout Status) -> Void) { state.withLock { change(&$0) } }

  private func lead() async throws(TransparencyError) -> Leadership? {
    try await store.asking { () throws(PostgresError) in
      try await Leadership.take(.integrate, as: holder, configuration)
    }
  }

  private func integrate(_ leadership: Leadership) async throws(TransparencyError) {
    let work = Work(integration: Integration(try await start(leadership)))
    note { status in
      status.isLeading = true
      status.signed = Position(rawValue: work.signed)
    }
    let result = await withTaskGroup { group -> Result<Void, TransparencyError> in
      group.addTask { await Self.caught { () throws(TransparencyError) in try await self.follow(work) } }
      group.addTask { await Self.caught { () throws(TransparencyError) in try await self.sign(work, leadership) } }
      group.addTask { await Self.caught { () throws(TransparencyError) in try await self.seal(work, leadership) } }
      let first = await group.next() ?? .success(())
      group.cancelAll()
      return first
    }
    await leadership.resign()
    try result.get()
  }

  private static func caught(
    _ body: () async throws(TransparencyError) -> Void
  ) async -> Result<Void, TransparencyError> {
    do throws(TransparencyError) { return .success(try await body()) } catch { return .failure(error) }
  }

  /// The tree at the last checkpoint, derived again and compared.
  private func start(_ leadership: Leadership) async throws(TransparencyError) -> TreeBuilder {
    let key = signer.verifier.text
    let inForce = try await store.asking { () throws(PostgresError) in
      try await leadership.session.query(Self.identify, [origin, key])[0].decode(String.self, String.self)
    }
    guard inForce == (origin, key) else {
      throw .otherIdentity("the log is \(inForce.0), signed by \(inForce.1); this server holds the key \(key)")
    }
    let last: Checkpoint
    do throws(TransparencyError) {
      let (checkpoint, note) = try await store.checkpoint()
      guard signer.verifier.hasSigned(note), checkpoint.origin == origin else {
        throw .forked("the last checkpoint, at \(checkpoint.size), is not signed by this log's key")
      }
      last = checkpoint
    } catch {
      guard case .noCheckpoint = error else { throw error }
      return TreeBuilder()
    }
    return try await derived(last)
  }

  private func derived(_ last: Checkpoint) async throws(TransparencyError) -> TreeBuilder {
    let tiles: [Tile]
    do throws(TransparencyError) { tiles = try await store.tiles(TreeBuilder.edge(size: last.size)) } catch {
      guard case .outOfRange = error else { throw error }
      throw .forked("the log is shorter than the checkpoint at \(last.size) that was signed: was it restored?")
    }
    guard let tree = TreeBuilder(size: last.size, edge: tiles), tree.root == last.root else {
      throw .forked("the log's hashes do not lead to the root of the checkpoint at \(last.size) that was signed")
    }
    return tree
  }

  private func follow(_ work: Work) async throws(TransparencyError) {
    do throws(ReadError) {
      let end = try await log.reader.last()
      var copied = log.reader.copy(after: Position(rawValue: work.size), through: end).makeAsyncIterator()
      while let batch = try await copied.next() { work.take(batch) }
      for try await batch in log.tail.subscribe(after: Position(rawValue: work.size)) { work.take(batch) }
    } catch {
      switch error {
      case .unavailable(let reason): throw .unavailable(reason: reason)
      case .undecodable(let position, let reason):
        throw .unavailable(reason: "event \(position.rawValue) is not understood: \(reason)")
      }
    }
  }

  private func sign(_ work: Work, _ leadership: Leadership) async throws(TransparencyError) {
    while !Task.isCancelled {
      try? await Task.sleep(for: interval)
      if let step = work.step(origin: origin) { try await store(step, work, leadership) }
    }
    if let step = work.step(origin: origin) {
      try await Task { try await store(step, work, leadership) }.result.typed()
    }
  }

  private func store(
    _ step: Integration.Step, _ work: Work, _ leadership: Leadership
  ) async throws(TransparencyError) {
    let note = step.checkpoint.signed(by: signer)
    let outcome: String = try await store.asking { () throws(PostgresError) in
      try await leadership.session.query(Self.integrate, Self.parameters(step, note, leadership.epoch))
        .decode(row: 0, column: 0)
    }
    switch outcome {
    case "stored":
      work.stored(step)
      self.note { $0.signed = Position(rawValue: step.checkpoint.size) }
    case "ahead": throw .forked("the log does not have the event \(step.checkpoint.size) that this server has seen")
    default: throw .unavailable(reason: "another server leads (\(outcome))")
    }
  }

  private static func parameters(_ step: Integration.Step, _ note: SignedNote, _ epoch: Int64) -> Parameters {
    var roots = ArrayParameter(of: .bytea)
    var hashes = ArrayParameter(of: .bytea)
    for tile in step.tiles {
      roots.append(tile.node(over: 0..<TileAddress.fullWidth).bytes)
      hashes.append(tile.bytes)
    }
    var parameters: Parameters = [
      epoch, step.from, step.checkpoint.size, step.checkpoint.root.bytes, note.description,
      step.tiles.map { Int32($0.address.level) }, step.tiles.map(\.address.index),
    ]
    parameters.append(roots)
    parameters.append(hashes)
    return parameters
  }

  private static let identify = Statement("log-identify", "SELECT origin, key FROM log.identify($1, $2)")
  private static let integrate = Statement(
    "log-integrate", "SELECT log.integrate($1, $2, $3, $4, $5, $6, $7, $8, $9)")

  /// The integration, fed by one task and signed by another.
  final class Work: Sendable {
    private let integration: Mutex<Integration>

    init(integration: Integration) { self.integration = Mutex(integration) }

    var size: Int64 { integration.withLock { $0.tree.size } }
    var signed: Int64 { integration.withLock { $0.signed } }

    func take(_ events: [RecordedEvent]) { integration.withLock { $0.take(events) } }

    func step(origin: String) -> Integration.Step? {
      integration.withLock { $0.isDue ? $0.step(origin: origin) : nil }
    }

    func stored(_ step: Integration.Step) { integration.withLock { $0.stored(step) } }
  }
}

extension Result where Failure == any Error {
  fileprivate func typed() throws(TransparencyError) where Success == Void {
    do { try get() } catch let error as TransparencyError { throw error } catch {
      throw .unavailable(reason: "\(error)")
    }
  }
}
