import EventStore
public import Events
import Logging
import Postgres
import Projections
public import ServiceLifecycle

/// Keeps the projections up to date: starts from the newest snapshot, catches up with the log, follows it, writes what
/// changed through to the `read` schema, and takes snapshots.
public struct ProjectionRunner: Service {
  private let live: LiveProjections
  private let log: PostgresEventLog
  private let library: RaceLibrary
  private let store: ProjectionStore
  private let writer: WriteThrough?
  private let idleRuns: IdleRuns?
  private let snapshotEvents: Int
  private let isReadOnly: Bool
  private let logger: Logger

  /// Why the projections ended.
  public enum Failure: Error, Sendable, Equatable {
    /// An event cannot be applied or understood. Nothing is skipped; an operator must look.
    case poison(Position, reason: String)
  }

  /// A runner over the parts of a server.
  /// - Parameter writesThrough: false for programs that only read.
  init(_ parts: ServerParts, writesThrough: Bool = true) {
    live = parts.live
    log = parts.log
    library = parts.library
    store = ProjectionStore(pool: parts.bulkPool, logger: parts.logger)
    logger = parts.logger
    snapshotEvents = parts.configuration.snapshotEvents
    isReadOnly = parts.configuration.isReadOnly
    writer = writesThrough && !isReadOnly ? WriteThrough(parts) : nil
    idleRuns = writesThrough && !isReadOnly ? IdleRuns(parts) : nil
  }

  /// Runs until the group shuts down, the task is cancelled or the log is closed.
  ///
  /// A poison event stops the projections but not the server: queries go on at the last good position, and `/health`
  /// says which event it was.
  public func run() async throws {
    await cancelWhenGracefulShutdown { await self.follow() }
    // A task of its own: what is to be kept is kept also when this one was cancelled.
    await Task {
      await writer?.finish()
      await saveSnapshot()
    }.value
  }

  private func follow() async {
    await loadRaces()
    await restore()
    let target = await end()
    live.note { $0.head = max($0.head, target) }
    let writing = writer.map { writer in Task { await writer.run() } }
    defer { writing?.cancel() }
    do throws(ReadError) {
      guard try await catchUp(until: target) else { return }
      live.settle()
      becomeReady()
      let ending = idleRuns.map { idleRuns in Task { await idleRuns.run() } }
      defer { ending?.cancel() }
      try await followTail()
    } catch {
      guard case .undecodable(let position, let reason) = error else { return }
      stop(at: position, reason)
    }
  }

  /// Applies what was in the log at the start, in one stream from the database; a broken stream is taken up again.
  /// - Returns: false when the projections have stopped or the task was cancelled.
  private func catchUp(until target: Position) async throws(ReadError) -> Bool {
    while live.position < target {
      if Task.isCancelled { return false }
      do throws(ReadError) {
        var events = log.reader.copy(after: live.position, through: target).makeAsyncIterator()
        while let batch = try await events.next() {
          if await !take(batch) { return false }
        }
      } catch {
        guard case .unavailable(let reason) = error else { throw error }
        logger.warning("reading the log is taken up again", metadata: ["reason": "\(reason)"])
        try? await Task.sleep(for: .milliseconds(250))
      }
    }
    return true
  }

  private func followTail() async throws(ReadError) {
    var lastSnapshot = live.position
    var events = log.tail.subscribe(after: lastSnapshot).makeAsyncIterator()
    while let batch = try await events.next(), await take(batch) {
      let position = live.position
      if position.rawValue - lastSnapshot.rawValue >= Int64(snapshotEvents) {
        lastSnapshot = position
        await saveSnapshot()
      }
    }
  }

  /// Applies a batch. Returns false when one of its events stops the projections.
  private func take(_ batch: [RecordedEvent]) async -> Bool {
    await noteRaces(batch)
    guard let failure = live.apply(batch) else { return true }
    stop(at: failure.position, failure.reason)
    return false
  }

  private func becomeReady() {
    if live.status.isCaughtUp { return }
    logger.info("the projections are up to date", metadata: ["position": "\(live.position.rawValue)"])
    live.note { $0.isCaughtUp = true }
  }

  private func stop(at position: Position, _ reason: String) {
    logger.critical(
      "the projections have stopped", metadata: ["position": "\(position.rawValue)", "reason": "\(reason)"])
    live.note { $0.failure = .init(position: position, reason: reason) }
  }

  /// A race that came in, through this process or another, is on the shelf before its event is applied.
  private func noteRaces(_ events: [RecordedEvent]) async {
    for event in events {
      guard case .raceImported(let race) = event.event, library.summary(race.race)?.digest != race.digest else {
        continue
      }
      do throws(RaceStoreError) { try await library.refresh(race.race) } catch {
        logger.error("an imported race cannot be loaded", metadata: ["race": "\(race.slug)", "reason": "\(error)"])
      }
    }
  }

  private func loadRaces() async {
    await persistently("the races cannot be loaded") { () async throws in try await library.load() }
  }

  private func end() async -> Position {
    await persistently("the end of the log cannot be read") { () async throws in try await log.reader.last() } ?? .zero
  }

  private func restore() async {
    let found = await persistently("the snapshot cannot be loaded") { () async throws in try await store.snapshot() }
    guard case .some(.some(let snapshot)) = found else { return }
    live.install(snapshot)
    logger.info("the projections begin at a snapshot", metadata: ["position": "\(snapshot.position.rawValue)"])
  }

  private func saveSnapshot() async {
    if isReadOnly { return }
    do {
      try await store.save(live.read { model, _ in model })
    } catch {
      logger.warning("no snapshot was saved", metadata: ["reason": "\(error)"])
    }
  }

  /// The value of `work`, tried again as long as it fails; nil when the task is cancelled.
  private func persistently<Value>(_ complaint: String, _ work: () async throws -> Value) async -> Value? {
    var rest = Duration.milliseconds(50)
    while !Task.isCancelled {
      do { return try await work() } catch {
        logger.warning("\(complaint)", metadata: ["reason": "\(error)"])
        try? await Task.sleep(for: rest)
        rest = min(rest * 2, .seconds(2))
      }
    }
    return nil
  }
}
