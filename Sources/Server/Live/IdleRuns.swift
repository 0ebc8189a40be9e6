import EventStore
import Events
import Logging
import Projections

/// Ends ranked first attempts that nobody has touched for thirty days: otherwise bad ones would be left lying at will.
///
/// Every server may do it. The command's id follows from the run, and the run's version is expected, so that it happens once
/// and never to a run that its player has just taken up again.
struct IdleRuns: Sendable {
  private let live: LiveProjections
  private let log: PostgresEventLog
  private let logger: Logger

  /// How long a run may lie, seconds.
  static let patience: Int64 = 30 * 86_400
  private static let batch = 500

  init(_ parts: ServerParts) {
    live = parts.live
    log = parts.log
    logger = parts.logger
  }

  /// Looks every hour until the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      await sweep(now: .now)
      try? await Task.sleep(for: .seconds(3600))
    }
  }

  /// Ends what is due.
  /// - Returns: how many runs were ended.
  @discardableResult
  func sweep(now: Timestamp) async -> Int {
    let since = now.microseconds / 1_000_000 - Self.patience
    var ended = 0
    while !Task.isCancelled {
      let due = live.read { model, _ in
        model.rankedRuns(untouchedSince: since, limit: Self.batch).compactMap { model.simulation($0) }
      }
      var last = Position.zero
      for run in due {
        if let position = await end(run, since: since) {
          ended += 1
          last = max(last, position)
        }
      }
      if last == .zero { break }
      guard (try? await live.reach(last, within: .seconds(10))) != nil, due.count == Self.batch else { break }
    }
    if ended > 0 { logger.notice("runs nobody has touched for 30 days were ended", metadata: ["runs": "\(ended)"]) }
    return ended
  }

  private func end(_ run: SimulationRecord, since: Int64) async -> Position? {
    do {
      let events = try await log.events(of: run.id, after: .zero)
      guard let last = events.last, last.recordedAt.microseconds / 1_000_000 < since, !last.event.endsRun else {
        return nil
      }
      return try await log.append(
        Append(
          command: CommandID(name: "untouched:\(run.id)"), actor: nil,
          expectations: [.init(stream: run.id, version: .exactly(last.version))],
          events: [.init(stream: run.id, event: .simulationAbandoned(SimulationAbandoned(lap: Int32(run.lap))))])
      ).last
    } catch {
      logger.debug("a run that nobody has touched was not ended", metadata: ["run": "\(run.id)", "reason": "\(error)"])
      return nil
    }
  }
}
