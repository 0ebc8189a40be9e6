import EventStore
public import Events
import Logging
import Postgres
import Projections
public import ServiceLifecycle

/// Keeps the projections up to date: starts from the newest snapshot, catches up with the log, follows it, writes what
/// changed through to the `read` schema, takes snapshots, and exchanges the model when other rules come into force.
public struct ProjectionRunner: Service {
  let live: LiveProjections
  let log: PostgresEventLog
  let library: RaceLibrary
  private let accounts: Accounts
  let rebuild: Rebuild
  let store: ProjectionStore
  private let writer: WriteThrough?
  private let idleRuns: IdleRuns?
  private let snapshotEvents: Int
  private let isReadOnly: Bool
  let logger: Logger

  /// For tables at the end; the next start writes what is left.
  private static let lastWriting: Duration = .seconds(5)

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
    accounts = parts.accounts
    rebuild = Rebuild(parts)
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
  /// says which event it was. They go on by themselves once somebody has quarantined it.
  public func run() async throws {
    await cancelWhenGracefulShutdown { await self.follow() }
    // A task of its own: what is to be kept is kept also when this one was cancelled.
    await Task {
      await writer?.finish(by: .now + Self.lastWriting)
      await saveSnapshot()
    }.value
  }

  private func follow() async {
    await loadRaces()
    guard await begin() else { return }
    let writing = writer.map { writer in Task { await writer.run() } }
    await keepUp()
    writing?.cancel()
    await writing?.value
  }

  private func keepUp() async {
    var ending: Task<Void, Never>?
    defer { ending?.cancel() }
    let changing = RulesChange(self)
    defer { changing.cancel() }
    repeat {
      do throws(ReadError) {
        if !live.status.isCaughtUp {
          guard try await catchUp() else { continue }
          ending = idleRuns.map { idleRuns in Task { await idleRuns.run() } }
        }
        try await followTail(changing)
      } catch {
        if case .undecodable(let position, let reason) = error { stop(at: position, reason) }
      }
    } while await resumed()
  }

  /// Learns by which rules and past which events the log is folded, and takes the newest snapshot made so.
  /// - Returns: false when the task was cancelled or the rules are not understood.
  private func begin() async -> Bool {
    let governance = await persistently("what was decided about the log cannot be read") { () async throws in
      try await rebuild.governance()
    }
    guard let governance else { return false }
    do throws(RulesError) {
      let plan = try FoldPlan(governance)
      live.begin(governance, plan)
      await restore(plan)
    } catch {
      stop(at: governance.changes.last?.position ?? .zero, error.description)
      return false
    }
    let target = await end()
    live.note { $0.head = max($0.head, target) }
    return true
  }

  /// Applies what is in the log: segments first, then the table. A broken stream is taken up again.
  /// - Returns: false when the projections have stopped or the task was cancelled.
  private func catchUp() async throws(ReadError) -> Bool {
    let target = await end()
    var model = live.read { model, _ in model }
    while model.position < target {
      if Task.isCancelled { return false }
      do throws(Rebuild.Failure) {
        try await rebuild.fold(into: &model, through: target) { position, _ in
          live.note { $0.folded = position }
        }
      } catch {
        switch error {
        case .poison(let position, let reason):
          live.install(model)
          stop(at: position, reason)
          return false
        case .unavailable(let reason), .rules(let reason):
          logger.warning("reading the log is taken up again", metadata: ["reason": "\(reason)"])
          try? await Task.sleep(for: .milliseconds(250))
        }
      }
    }
    // So that the first question does not wait for weights that a long catching up has left behind.
    model.settle()
    live.install(model)
    becomeReady()
    return true
  }

  private func followTail(_ changing: RulesChange) async throws(ReadError) {
    var lastSnapshot = live.position
    // What was decided while the log was being caught up with.
    changing.look()
    var events = log.tail.subscribe(after: lastSnapshot).makeAsyncIterator()
    while let batch = try await events.next(), await take(batch, changing) {
      let position = live.position
      if position.rawValue - lastSnapshot.rawValue >= Int64(snapshotEvents) {
        lastSnapshot = position
        await saveSnapshot()
      }
    }
  }

  /// Applies a batch. Returns false when one of its events stops the projections.
  private func take(_ batch: [RecordedEvent], _ changing: RulesChange) async -> Bool {
    await noteRaces(batch)
    // First, so that who has waited for the event finds the right that it gave.
    noteAccounts(batch)
    let failure = live.apply(batch)
    if batch.contains(where: { $0.stream == .governance }) { changing.look() }
    guard let failure else { return true }
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
    live.note { status in
      status.failure = .init(position: position, reason: reason)
      // The log goes at least so far, so that whoever sees the stop sees also that queries are behind.
      status.head = max(status.head, position)
    }
  }

  /// Waits, when the projections have stopped, until somebody has quarantined the event.
  /// - Returns: false when the task was cancelled or the log closed.
  private func resumed() async -> Bool {
    while !Task.isCancelled, let failure = live.status.failure {
      do throws(Rebuild.Failure) {
        let governance = try await rebuild.governance()
        if governance.isQuarantined(failure.position) {
          logger.notice("an event is passed over", metadata: ["position": "\(failure.position.rawValue)"])
          live.passOver(governance)
          return true
        }
      } catch {
        logger.debug("quarantine cannot be looked up", metadata: ["reason": "\(error)"])
      }
      let known = await end()
      live.note { $0.head = max($0.head, known) }
      try? await Task.sleep(for: .milliseconds(500))
    }
    return false
  }

  func saveSnapshot(replacing: Bool = false) async {
    if isReadOnly { return }
    do {
      try await store.save(live.read { model, _ in model }, replaces: replacing)
    } catch {
      logger.warning("no snapshot was saved", metadata: ["reason": "\(error)"])
    }
  }
}

extension ProjectionRunner {
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

  /// What another process decided about an account holds here from its event on.
  private func noteAccounts(_ events: [RecordedEvent]) {
    for event in events {
      switch event.event {
      case .proGranted, .proRevoked, .operatorGranted, .operatorRevoked, .rankingRevoked, .rankingGranted,
        .userErased:
        accounts.forget(UserID(stream: event.stream))
      default: continue
      }
    }
  }

  private func loadRaces() async {
    await persistently("the races cannot be loaded") { () async throws in try await library.load() }
  }

  /// What others appended may not be on disk yet, and what a crash takes back must not have been folded.
  private func end() async -> Position {
    await persistently("the end of the log cannot be read") { () async throws in
      try await log.reader.lastOnDisk()
    } ?? .zero
  }

  private func restore(_ plan: FoldPlan) async {
    let found = await persistently("the snapshot cannot be loaded") { () async throws in
      try await store.snapshot(under: plan)
    }
    guard case .some(.some(let snapshot)) = found else { return }
    live.install(snapshot)
    logger.info("the projections begin at a snapshot", metadata: ["position": "\(snapshot.position.rawValue)"])
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
